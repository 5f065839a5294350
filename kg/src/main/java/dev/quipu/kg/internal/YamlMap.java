package dev.quipu.kg.internal;

import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** A mapping of a YAML file whose typed accessors name the file and the entry when something is off. */
public final class YamlMap {
    private final GraphError code;
    private final String where;
    private final Map<String, Object> entries;

    private YamlMap(GraphError code, String where, Map<String, Object> entries) {
        this.code = code;
        this.where = where;
        this.entries = entries;
    }

    /** Reads a file of a suite; one that does not exist is an empty mapping where {@code optional}. */
    public static YamlMap read(Path file, boolean optional) {
        return read(file, optional, GraphError.SUITE);
    }

    /** @param code the code of failures */
    public static YamlMap read(Path file, boolean optional, GraphError code) {
        if (optional && !Files.exists(file)) {
            return new YamlMap(code, file.toString(), Map.of());
        }
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(500);
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            Object top = yaml(options).load(in);
            return of(code, file.getFileName().toString(), top == null ? Map.of() : top);
        } catch (NoSuchFileException e) {
            throw new GraphException(code, file + " is not there. Name the file that holds it.", e);
        } catch (IOException | YAMLException e) {
            throw new GraphException(code, file + " cannot be read: " + e.getMessage() + ". Correct it.", e);
        }
    }

    /** Only true and false are truth values, as in YAML 1.2: a column may be called "no". */
    private static Yaml yaml(LoaderOptions options) {
        DumperOptions dumping = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(dumping), dumping, options, new Resolver() {
            @Override
            public void addImplicitResolver(Tag tag, Pattern form, String first, int limit) {
                boolean truth = tag.equals(Tag.BOOL);
                super.addImplicitResolver(
                        tag, truth ? Pattern.compile("true|false") : form, truth ? "tf" : first, limit);
            }
        });
    }

    private static YamlMap of(GraphError code, String where, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new GraphException(code, where + " should be a mapping, but is " + value + ".");
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        map.forEach((k, v) -> entries.put(String.valueOf(k), v));
        return new YamlMap(code, where, entries);
    }

    public static GraphException invalid(String where, String problem) {
        return new GraphException(GraphError.SUITE, where + " " + problem + ".");
    }

    /** The failure for a wrong entry of this mapping. */
    public GraphException invalid(String problem) {
        return new GraphException(code, where + " " + problem + ".");
    }

    public String where() {
        return where;
    }

    public Set<String> keys() {
        return entries.keySet();
    }

    public boolean has(String key) {
        return entries.get(key) != null;
    }

    /** Rejects keys that are not among the known ones: a misspelt key would otherwise be skipped silently. */
    public YamlMap only(String... known) {
        for (String key : entries.keySet()) {
            if (!List.of(known).contains(key)) {
                throw invalid("has an unknown key '" + key + "'; known are " + String.join(", ", known));
            }
        }
        return this;
    }

    public YamlMap map(String key) {
        @Nullable Object value = entries.get(key);
        return of(code, where + "/" + key, value == null ? Map.of() : value);
    }

    public String text(String key) {
        @Nullable Object value = entries.get(key);
        if (value == null || value instanceof Map || value instanceof List) {
            throw invalid("needs a text '" + key + "'");
        }
        return value.toString();
    }

    public String text(String key, String otherwise) {
        return has(key) ? text(key) : otherwise;
    }

    public List<String> texts(String key) {
        return list(key).stream().map(String::valueOf).toList();
    }

    public List<YamlMap> maps(String key) {
        List<YamlMap> maps = new ArrayList<>();
        for (Object value : list(key)) {
            maps.add(of(code, where + "/" + key + "[" + (maps.size() + 1) + "]", value));
        }
        return maps;
    }

    /** A truth value; anything but {@code true} and {@code false} is a mistake. */
    public boolean flag(String key) {
        return switch (text(key, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid("has '" + text(key) + "' for '" + key + "', which is neither true nor false");
        };
    }

    /** A number above zero. */
    public double positive(String key, double otherwise) {
        try {
            double number = has(key) ? Double.parseDouble(text(key)) : otherwise;
            if (number > 0 && number < Integer.MAX_VALUE) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, as a number out of range is.
        }
        throw invalid("has '" + text(key) + "' for '" + key + "', which is not a number above zero");
    }

    /** The raw value of a key, for entries that may be a text or a mapping. */
    public @Nullable Object raw(String key) {
        return entries.get(key);
    }

    private List<?> list(String key) {
        @Nullable Object value = entries.get(key);
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list;
            default -> throw invalid("needs a list '" + key + "'");
        };
    }
}
