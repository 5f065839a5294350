package dev.quipu.server;

import dev.quipu.kg.GraphBackup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A graph's folder into one file. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Copies the folder of a graph into one file; refuses while something uses the graph.")
final class GraphBackupCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--graph", required = true, paramLabel = "DIR", description = "The graph's folder.")
    @SuppressWarnings("NullAway.Init")
    private Path graph;

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "The file to write.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        long bytes = GraphBackup.backup(graph, file);
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? Json.create().put("file", file.toString()).put("bytes", bytes)
                                : file + ", " + bytes + " bytes");
        return 0;
    }
}
