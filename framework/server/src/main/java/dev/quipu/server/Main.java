package dev.quipu.server;

import dev.quipu.QuipuException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/**
 * The command line.
 *
 * <p>Exit codes: 0 for success, 2 for wrong usage, 1 for any other failure, whose code begins the message on standard
 * error. With {@code --json} the last line of standard output is one JSON object, also on failure.
 */
@Command(
        name = "quipu",
        mixinStandardHelpOptions = true,
        version = "quipu 0.1.0",
        description = "Agents that know a business: a local model, a knowledge graph and rules in one process.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BenchCommand.class,
            CodeCommand.class,
            DataCommand.class,
            DemoCommand.class,
            DoctorCommand.class,
            EvalCommand.class,
            GraphCommand.class,
            ModelCommand.class,
            SandboxCommand.class,
            ServeCommand.class,
            TrainCommand.class,
            WarmUpCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // Texts are of any script, whatever the locale says.
        System.setOut(utf8(FileDescriptor.out));
        System.setErr(utf8(FileDescriptor.err));
        // Logging first, on one thread: the JDK logs while it holds the lock of a signed jar, and a logger that must
        // still load classes then deadlocks with another starting thread.
        LoggerFactory.getILoggerFactory();
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(commandLine().execute(arguments));
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        ServiceLoader.load(CommandProvider.class).forEach(p -> line.addSubcommand(p.command()));
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line.setExecutionExceptionHandler(Main::failed);
    }

    private static int failed(Exception error, CommandLine line, ParseResult parsed) {
        QuipuException failure = error instanceof QuipuException known ? known : unexpected(error);
        String message = String.valueOf(failure.getMessage());
        line.getErr().println(message);
        if (parsed.originalArgs().contains("--json")) {
            var described = Json.create().put("code", failure.code().id()).put("message", message);
            line.getOut().println(Json.create().set("error", described).toString());
        }
        return failure.code() == ServerError.USAGE ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }

    private static QuipuException unexpected(Exception error) {
        LoggerFactory.getLogger(Main.class).atError().setCause(error).log("command failed in an undocumented way");
        return new ServerException(ServerError.INTERNAL, "The command failed: " + error + ".", error);
    }
}
