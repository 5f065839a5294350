package dev.quipu.server;

import dev.quipu.llama.Engine;
import dev.quipu.llama.gguf.GgufFile;
import dev.quipu.llama.gguf.LoraBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** An adapter of random numbers that the shop's engine has loaded until this is closed. */
record ShopAdapter(Engine engine, String name) implements AutoCloseable {
    static ShopAdapter load(ShopServer shop, String name, long seed) throws IOException {
        Engine engine = shop.assembly().engine().orElseThrow();
        List<String> weights = IntStream.range(0, 30)
                .mapToObj(i -> "blk." + i + ".attn_q.weight")
                .toList();
        Path file = Files.createTempFile("quipu-adapter", ".gguf");
        try {
            Files.write(file, LoraBytes.of(GgufFile.read(ModelFiles.find(ShopServer.MODEL)), seed, weights));
            engine.loadAdapter(name, file);
        } finally {
            Files.delete(file);
        }
        return new ShopAdapter(engine, name);
    }

    @Override
    public void close() {
        engine.unloadAdapter(name);
    }
}
