package dev.quipu.kg.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.Transaction;
import org.neo4j.server.security.SecureHasher;
import org.neo4j.server.security.SystemGraphCredential;

/**
 * Sets a user's password.
 *
 * <p>It writes the node that Neo4j keeps for the user. The statement for it, {@code ALTER USER}, loads and compiles the
 * whole query engine for administration, which is the dearest part of a start, and stands in only where the node does not
 * look as expected.
 */
final class Credentials {
    private Credentials() {}

    static void set(GraphDatabaseService system, String user, String password) {
        try (Transaction tx = system.beginTx()) {
            @Nullable Node node = tx.findNode(Label.label("User"), "name", user);
            if (node != null && node.hasProperty("credentials") && node.hasProperty("passwordChangeRequired")) {
                byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
                node.setProperty(
                        "credentials",
                        SystemGraphCredential.createCredentialForPassword(bytes, new SecureHasher())
                                .serialize());
                node.setProperty("passwordChangeRequired", false);
                tx.commit();
                return;
            }
        }
        system.executeTransactionally(
                "ALTER USER " + user + " SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", password));
    }
}
