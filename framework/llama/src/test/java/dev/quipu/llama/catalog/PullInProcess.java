package dev.quipu.llama.catalog;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Pulls the test model in a process of its own: arguments are the store's folder, the hub, and the model's size. */
final class PullInProcess {
    private PullInProcess() {}

    public static void main(String[] arguments) {
        byte[] content = TestModels.content(Integer.parseInt(arguments[2]));
        new ModelStore(
                        Path.of(arguments[0]),
                        new ModelCatalog(List.of(TestModels.entry(content, TestModels.HUB))),
                        new HubSource(arguments[1], "", Duration.ofSeconds(20)),
                        PackageSource.standard(),
                        f -> Long.MAX_VALUE)
                .pull(TestModels.NAME, PullListener.NONE);
    }
}
