package dev.quipu.server;

import dev.quipu.training.PeftImport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes an adapter over that PEFT saved. */
@Command(
        name = "import-adapter",
        mixinStandardHelpOptions = true,
        description = "Makes an adapter that the engine loads of one that PEFT saved.")
final class ImportAdapterCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "A folder with adapter_config.json and adapter_model.safetensors.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Parameters(index = "1", paramLabel = "OUT.gguf", description = "The file to make.")
    @SuppressWarnings("NullAway.Init")
    private Path output;

    @Option(names = "--base", required = true, paramLabel = "NAME|FILE", description = "The model that it is for.")
    private String base = "";

    @Option(names = "--replace", description = "Replace a file that is there.")
    private boolean replace;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        int weights = PeftImport.run(folder, ModelInspection.locate(base), output, replace);
        System.out.println(
                json
                        ? Json.create().put("path", output.toString()).put("weights", weights)
                        : output + "  changes " + weights + " weights");
        return 0;
    }
}
