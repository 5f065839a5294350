package dev.quipu.llama;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder that holds everything that Quipu caches for this user. */
public final class CacheFolder {
    private CacheFolder() {}

    /** {@code $QUIPU_CACHE}, else {@code $XDG_CACHE_HOME/quipu}, else {@code .cache/quipu} in the home folder. */
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
