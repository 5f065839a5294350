package dev.quipu.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Pieces of Python in a resource, each under a line {@code #### name}. */
public record Snippets(String name, String code) {
    public static List<Snippets> of(String resource) {
        try (InputStream text = Snippets.class.getResourceAsStream("/" + resource)) {
            if (text == null) {
                throw new IllegalArgumentException(resource);
            }
            List<Snippets> found = new ArrayList<>();
            String all = "\n" + new String(text.readAllBytes(), StandardCharsets.UTF_8);
            String[] parts = all.split("\n#### ");
            for (int i = 1; i < parts.length; i++) {
                int end = parts[i].indexOf('\n');
                found.add(new Snippets(parts[i].substring(0, end), parts[i].substring(end + 1)));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
