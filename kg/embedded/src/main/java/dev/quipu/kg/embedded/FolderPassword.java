package dev.quipu.kg.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.internal.kernel.api.connectioninfo.ClientConnectionInfo;
import org.neo4j.internal.kernel.api.security.AuthenticationResult;
import org.neo4j.kernel.api.security.AuthManager;
import org.neo4j.kernel.api.security.AuthToken;
import org.neo4j.kernel.api.security.exception.InvalidAuthTokenException;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * The password of the graph in a folder.
 *
 * <p>It is made when the folder is first opened and lies in it, readable by its owner alone, who can read the graph's
 * files as well. It is not made anew at each start, because the command that sets it is the slowest part of one; to try
 * it costs nothing, and one that is not accepted is replaced.
 */
final class FolderPassword {
    private static final String USER = "neo4j";

    private final Path file;

    FolderPassword(Path folder) {
        file = folder.resolve("quipu.password");
    }

    /** The password that a running database accepts. */
    String of(DatabaseManagementService service) {
        GraphDatabaseAPI system = (GraphDatabaseAPI) service.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME);
        try {
            if (Files.exists(file)) {
                String kept = Files.readString(file);
                if (accepts(system, kept)) {
                    return kept;
                }
            }
            String made = HexFormat.of().formatHex(new SecureRandom().generateSeed(24));
            system.executeTransactionally(
                    "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", made));
            keep(made);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean accepts(GraphDatabaseAPI system, String password) {
        AuthManager authentication = system.getDependencyResolver().resolveDependency(AuthManager.class);
        try {
            return authentication
                            .login(
                                    AuthToken.newBasicAuthToken(USER, password),
                                    ClientConnectionInfo.EMBEDDED_CONNECTION)
                            .subject()
                            .getAuthenticationResult()
                    == AuthenticationResult.SUCCESS;
        } catch (InvalidAuthTokenException e) {
            return false;
        }
    }

    /** In one move: a file that is there is whole. A temporary file is its owner's alone from the start. */
    private void keep(String password) throws IOException {
        Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), "password", "");
        Files.writeString(temporary, password);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
