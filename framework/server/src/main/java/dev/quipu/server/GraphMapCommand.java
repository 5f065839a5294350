package dev.quipu.server;

import dev.quipu.kg.MappingInference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A mapping to begin with. */
@Command(
        name = "map",
        mixinStandardHelpOptions = true,
        description =
                "Proposes a mapping for data files: types, keys, dates, and which values are keys of another file."
                        + " Read and correct it before 'graph load'.")
final class GraphMapCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--infer", required = true, description = "From the names and values of the files.")
    private boolean infer;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The folder of the data files.")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(
            names = "--out",
            paramLabel = "MAPPING.yaml",
            description = "A new file to write (default: standard output); one that is there stays as it is.")
    private @Nullable Path out;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        if (!infer) {
            throw new ServerException(ServerError.USAGE, "A mapping is proposed with --infer only. Pass it.");
        }
        String yaml = MappingInference.of(data);
        long unsure = yaml.lines().filter(l -> l.contains("# unsure")).count();
        Path file = out;
        if (file != null) {
            try {
                Files.writeString(file, yaml, StandardOpenOption.CREATE_NEW);
            } catch (IOException e) {
                throw new ServerException(
                        ServerError.IO,
                        file + " cannot be written: " + e.getMessage() + ". Choose a path that is not taken.",
                        e);
            }
            spec.commandLine().getErr().println(unsure + " line(s) are marked unsure");
        }
        if (json) {
            spec.commandLine()
                    .getOut()
                    .println(Json.create().put("mapping", yaml).put("unsure", unsure));
        } else {
            spec.commandLine().getOut().println(file == null ? yaml : file.toString());
        }
        return 0;
    }
}
