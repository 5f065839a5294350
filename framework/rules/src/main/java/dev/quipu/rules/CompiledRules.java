package dev.quipu.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Rules as Java classes.
 *
 * @param models the names of the classes that describe a package of rules each
 * @param classes byte code by class name
 */
record CompiledRules(List<String> models, Map<String, byte[]> classes) {
    private static final String MODELS = "models";

    CompiledRules {
        models = List.copyOf(models);
        classes = Map.copyOf(classes);
    }

    /** A zip file: its checksums tell a damaged file from a whole one. */
    byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(MODELS));
            zip.write(String.join("\n", models).getBytes(UTF_8));
            for (Map.Entry<String, byte[]> each : new TreeMap<>(classes).entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue());
            }
        }
        return bytes.toByteArray();
    }

    static CompiledRules decode(byte[] encoded) throws IOException {
        List<String> models = List.of();
        Map<String, byte[]> classes = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(encoded))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] bytes = zip.readAllBytes();
                if (entry.getName().equals(MODELS)) {
                    models = new String(bytes, UTF_8).lines().toList();
                } else {
                    classes.put(entry.getName(), bytes);
                }
            }
        }
        if (models.isEmpty() || !classes.keySet().containsAll(models)) {
            throw new IOException("the models are missing");
        }
        return new CompiledRules(models, classes);
    }
}
