package dev.quipu.server;

import dev.quipu.kg.GraphBackup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A graph's folder out of a backup. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description =
                "Makes the folder of a graph of a backup, whose checksums are compared before anything is written.")
final class GraphRestoreCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--from", required = true, paramLabel = "FILE", description = "What 'graph backup' wrote.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--graph", required = true, paramLabel = "DIR", description = "A folder, new or empty.")
    @SuppressWarnings("NullAway.Init")
    private Path graph;

    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Override
    public Integer call() {
        int files = GraphBackup.restore(file, graph);
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? Json.create().put("graph", graph.toString()).put("files", files)
                                : graph + ", " + files + " files");
        return 0;
    }
}
