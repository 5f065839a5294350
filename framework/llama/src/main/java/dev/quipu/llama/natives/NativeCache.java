package dev.quipu.llama.natives;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where unpacked libraries are kept. */
public final class NativeCache {
    private NativeCache() {}

    /** {@code $QUIPU_CACHE/natives}, else {@code $XDG_CACHE_HOME/quipu/natives}, else below the home folder. */
    public static Path folder() {
        return base().resolve("natives");
    }

    /** The folder that holds everything Quipu caches for this user. */
    public static Path base() {
        @Nullable String own = System.getenv("QUIPU_CACHE");
        @Nullable String xdg = System.getenv("XDG_CACHE_HOME");
        if (own != null && !own.isBlank()) {
            return Path.of(own);
        }
        Path caches = xdg != null && !xdg.isBlank() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("quipu");
    }
}
