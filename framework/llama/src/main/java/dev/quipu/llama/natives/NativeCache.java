package dev.quipu.llama.natives;

import dev.quipu.llama.CacheFolder;
import java.nio.file.Path;

/** Where unpacked libraries are kept. */
public final class NativeCache {
    private NativeCache() {}

    /** {@code natives} in the cache folder. */
    public static Path folder() {
        return CacheFolder.base().resolve("natives");
    }
}
