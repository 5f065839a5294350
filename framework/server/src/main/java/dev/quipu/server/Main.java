package dev.quipu.server;

import dev.quipu.QuipuException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "quipu",
        mixinStandardHelpOptions = true,
        version = "quipu 0.1.0",
        description = "Agents that know a business: a local model, a knowledge graph and rules in one process.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DemoCommand.class, EvalCommand.class, GraphCommand.class, ModelCommand.class, ServeCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // Logging first, on one thread: the JDK logs while it holds the lock of a signed jar, and a logger that must
        // still load classes then deadlocks with another starting thread.
        LoggerFactory.getILoggerFactory();
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        // Answers are in Chinese too, whatever the locale says of the terminal.
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(commandLine().setOut(out).execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((error, line, parsed) -> {
            String message = error instanceof QuipuException ? error.getMessage() : error.toString();
            line.getErr().println(message);
            if (!(error instanceof QuipuException)) {
                LoggerFactory.getLogger(Main.class).error("Unexpected failure", error);
            }
            return 1;
        });
    }
}
