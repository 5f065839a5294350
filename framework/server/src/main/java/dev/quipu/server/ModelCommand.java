package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.quipu.llama.catalog.ModelEntry;
import dev.quipu.llama.catalog.ModelStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Models on this machine. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        description = "Lists, pulls, inspects, quantizes, merges and removes models.",
        subcommands = {QuantizeCommand.class, MergeCommand.class, ImportAdapterCommand.class})
final class ModelCommand {
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows the catalogue and what is here.")
    int list(@Option(names = "--json", description = "One JSON object.") boolean json) {
        ModelStore store = ModelStore.standard();
        ArrayNode all = Json.create().putArray("models");
        for (ModelEntry model : store.catalog().models()) {
            boolean here = store.has(model.name());
            if (json) {
                all.addObject()
                        .put("name", model.name())
                        .put("size", model.size())
                        .put("here", here);
            } else {
                System.out.printf(
                        "%-20s %-6s %-7s %6d MB  %-5s  %s (%s)%n",
                        model.name(),
                        model.parameters(),
                        model.quantization(),
                        model.size() / 1_000_000,
                        here ? "here" : "",
                        model.use(),
                        model.licence());
            }
        }
        if (json) {
            System.out.println(Json.create().set("models", all));
        }
        return 0;
    }

    @Command(name = "pull", mixinStandardHelpOptions = true, description = "Fetches a model and checks its hash.")
    int pull(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--json", description = "One JSON object.") boolean json) {
        String path = ModelFiles.pull(name).toString();
        System.out.println(json ? Json.create().put("name", name).put("path", path) : path);
        return 0;
    }

    @Command(
            name = "inspect",
            mixinStandardHelpOptions = true,
            description = "Shows what a model's file says of itself, and whether the engine loads it.")
    int inspect(
            @Parameters(paramLabel = "FILE|NAME", description = "A GGUF file or a model that was pulled.") String name,
            @Option(names = "--sha256", description = "Computes the file's hash, too.") boolean sha256,
            @Option(names = "--json", description = "One JSON object.") boolean json) {
        ModelInspection inspection = ModelInspection.of(ModelInspection.locate(name), sha256);
        System.out.print(json ? inspection.json() + System.lineSeparator() : inspection.text());
        return 0;
    }

    @Command(name = "rm", mixinStandardHelpOptions = true, description = "Removes a model.")
    int remove(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--json", description = "One JSON object.") boolean json) {
        boolean removed = ModelStore.standard().remove(name);
        String told = removed ? "removed " + name : name + " was not here";
        System.out.println(json ? Json.create().put("name", name).put("removed", removed) : told);
        return 0;
    }
}
