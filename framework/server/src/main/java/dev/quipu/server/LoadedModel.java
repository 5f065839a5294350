package dev.quipu.server;

import dev.quipu.llama.AdapterUse;
import dev.quipu.llama.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The loaded model, where there is one: served under its own name, and with each of its adapters under {@code
 * model:adapter}.
 */
record LoadedModel(Optional<Engine> loaded, String name) {
    /** What names an adapter behind the model. */
    private static final String MARK = ":";

    List<String> names() {
        List<String> names = new ArrayList<>();
        loaded.ifPresent(engine -> {
            names.add(name);
            engine.adapters().forEach(adapter -> names.add(name + MARK + adapter));
        });
        return names;
    }

    /** @throws ServerException if the name is another model's, or that of an adapter which is not loaded */
    Engine engine(String asked) {
        return loaded.filter(engine -> names().contains(asked))
                .orElseThrow(() -> ServerException.unknownModel(asked, "this"));
    }

    /**
     * The adapters of a request: the one in the model's name, then those that its field lists.
     *
     * @throws ServerException if one is not loaded
     */
    List<AdapterUse> adapters(String asked, List<AdapterUse> listed) {
        List<AdapterUse> adapters = new ArrayList<>();
        if (asked.startsWith(name + MARK)) {
            adapters.add(AdapterUse.of(asked.substring(name.length() + MARK.length())));
        }
        for (AdapterUse one : listed) {
            engine(name + MARK + one.name());
            adapters.add(one);
        }
        return adapters;
    }
}
