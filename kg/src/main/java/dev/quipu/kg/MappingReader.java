package dev.quipu.kg;

import dev.quipu.kg.Mapping.Format;
import dev.quipu.kg.Mapping.FulltextIndex;
import dev.quipu.kg.Mapping.NodeRule;
import dev.quipu.kg.Mapping.PropertyRule;
import dev.quipu.kg.Mapping.PropertyType;
import dev.quipu.kg.Mapping.Query;
import dev.quipu.kg.Mapping.Records;
import dev.quipu.kg.Mapping.RelationshipRule;
import dev.quipu.kg.Mapping.SourceFile;
import dev.quipu.kg.Mapping.VectorIndex;
import dev.quipu.kg.internal.YamlMap;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the YAML form of a mapping. Labels, types and property names go into query text, so their form is checked. */
final class MappingReader {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
    private static final Pattern EXPRESSION = Pattern.compile("[^{}]+|(?:[^{}]*\\{[^{}]+})+[^{}]*");
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final Pattern SELECT = Pattern.compile("(?is)(?:select|with)\\b[^;]*");
    private static final Set<String> RESERVED = Set.of("LoadedFile", "id");
    private static final Pattern RESERVED_PREFIX = Pattern.compile("(?:in|at)_.*");

    Mapping read(YamlMap yaml) {
        yaml.only("sources", "indexes");
        YamlMap indexes = yaml.map("indexes").only("fulltext", "vector");
        List<SourceFile> sources =
                yaml.maps("sources").stream().map(this::source).toList();
        if (sources.isEmpty()) {
            throw yaml.invalid("names no sources; list at least one file under 'sources'");
        }
        Set<String> names = new TreeSet<>();
        sources.stream().map(SourceFile::file).filter(f -> !names.add(f)).forEach(f -> {
            throw yaml.invalid("names the file '" + f + "' twice; put all its rules into one source");
        });
        List<FulltextIndex> fulltext =
                indexes.maps("fulltext").stream().map(this::fulltext).toList();
        List<VectorIndex> vectors =
                indexes.maps("vector").stream().map(this::vector).toList();
        Set<String> indexNames = new TreeSet<>();
        Stream.concat(
                        fulltext.stream().map(FulltextIndex::name),
                        vectors.stream().map(VectorIndex::name))
                .filter(n -> !indexNames.add(n))
                .forEach(n -> {
                    throw indexes.invalid("names the index '" + n + "' twice; give each a name of its own");
                });
        return new Mapping(sources, fulltext, vectors);
    }

    private SourceFile source(YamlMap yaml) {
        yaml.only(
                "file",
                "format",
                "charset",
                "delimiter",
                "nulls",
                "rows",
                "nodes",
                "relationships",
                "each",
                "database",
                "sql",
                "changed");
        Optional<Query> query = query(yaml);
        String file = yaml.text("file");
        if (file.startsWith("/") || file.startsWith("#") || file.contains("..")) {
            throw yaml.invalid("names the file '" + file + "' outside of the data folder");
        }
        String suffix = file.substring(file.lastIndexOf('.') + 1);
        SortedSet<String> nulls = new TreeSet<>(yaml.has("nulls") ? yaml.texts("nulls") : List.of(""));
        return new SourceFile(
                file,
                query.isPresent() ? Format.SQL : constant(Format.class, yaml, yaml.text("format", suffix)),
                charset(yaml),
                delimiter(yaml),
                nulls,
                records(yaml, yaml.text("rows", "*")),
                query);
    }

    private static Optional<Query> query(YamlMap yaml) {
        if (!yaml.has("sql")) {
            return Optional.empty();
        }
        String sql = readOnly(yaml, "sql");
        String database = yaml.text("database");
        if (!VARIABLE.matcher(database).matches()) {
            throw yaml.invalid("has the database '" + database
                    + "'; name the environment variable that holds its JDBC URL, so that no secret is in the mapping");
        }
        return Optional.of(new Query(
                database, sql, yaml.has("changed") ? Optional.of(readOnly(yaml, "changed")) : Optional.empty()));
    }

    private static String readOnly(YamlMap yaml, String key) {
        String sql = yaml.text(key).strip();
        if (!SELECT.matcher(sql).matches()) {
            throw yaml.invalid("has '" + sql + "' for '" + key + "'; a query is one SELECT");
        }
        return sql;
    }

    private static Optional<String> charset(YamlMap yaml) {
        if (!yaml.has("charset")) {
            return Optional.empty();
        }
        String name = yaml.text("charset");
        try {
            return Optional.of(Charset.forName(name).name());
        } catch (IllegalArgumentException e) {
            throw yaml.invalid(
                    "has the charset '" + name + "', which is unknown; use for example UTF-8, GB18030 or windows-1252");
        }
    }

    private static char delimiter(YamlMap yaml) {
        String text = yaml.text("delimiter", ",");
        if (text.length() != 1 || "\"\r\n".contains(text)) {
            throw yaml.invalid("has the delimiter '" + text + "'; it is one character, not a quote or a line end");
        }
        return text.charAt(0);
    }

    private Records records(YamlMap yaml, String path) {
        return new Records(
                path,
                yaml.maps("nodes").stream().map(this::node).toList(),
                yaml.maps("relationships").stream().map(this::relationship).toList(),
                yaml.maps("each").stream()
                        .map(n -> records(n.only("rows", "nodes", "relationships", "each"), n.text("rows")))
                        .toList());
    }

    private NodeRule node(YamlMap yaml) {
        yaml.only("label", "id", "when", "properties", "required");
        YamlMap given = yaml.map("properties");
        Map<String, PropertyRule> properties = new LinkedHashMap<>();
        for (String name : given.keys()) {
            properties.put(free(given, name), property(given, name));
        }
        SortedSet<String> required = new TreeSet<>(yaml.texts("required"));
        required.stream().filter(r -> !properties.containsKey(r)).forEach(r -> {
            throw yaml.invalid("requires '" + r + "', which is none of its properties " + properties.keySet());
        });
        return new NodeRule(
                free(yaml, yaml.text("label")),
                expression(yaml, "id"),
                yaml.has("when") ? expression(yaml, "when") : "",
                properties,
                required);
    }

    private static PropertyRule property(YamlMap parent, String name) {
        if (parent.raw(name) instanceof String) {
            return new PropertyRule(expression(parent, name), PropertyType.TEXT, "", Map.of());
        }
        YamlMap yaml = parent.map(name).only("from", "type", "pattern", "values");
        YamlMap given = yaml.map("values");
        Map<String, String> values = new LinkedHashMap<>();
        for (String value : given.keys()) {
            values.put(value, value);
            given.texts(value).forEach(alias -> values.put(alias.toLowerCase(Locale.ROOT), value));
        }
        return new PropertyRule(
                yaml.has("from") ? expression(yaml, "from") : name,
                constant(PropertyType.class, yaml, yaml.text("type", "text")),
                pattern(yaml),
                values);
    }

    private static String pattern(YamlMap yaml) {
        String patterns = yaml.text("pattern", "");
        try {
            PropertyValues.dateForms(patterns);
            return patterns;
        } catch (IllegalArgumentException e) {
            throw yaml.invalid(
                    "has the pattern '" + patterns + "': " + e.getMessage() + "; use for example dd.MM.yyyy");
        }
    }

    private RelationshipRule relationship(YamlMap yaml) {
        yaml.only("type", "from", "to", "when", "optional");
        return new RelationshipRule(
                identifier(yaml, yaml.text("type")),
                end(yaml.map("from")),
                end(yaml.map("to")),
                yaml.has("when") ? expression(yaml, "when") : "",
                yaml.flag("optional"));
    }

    private RelationshipRule.End end(YamlMap yaml) {
        yaml.only("label", "id", "by");
        return new RelationshipRule.End(
                identifier(yaml, yaml.text("label")), expression(yaml, "id"), identifier(yaml, yaml.text("by", "id")));
    }

    private FulltextIndex fulltext(YamlMap yaml) {
        yaml.only("name", "labels", "properties", "analyzer");
        return new FulltextIndex(
                identifier(yaml, yaml.text("name")),
                identifiers(yaml, "labels"),
                identifiers(yaml, "properties"),
                identifier(yaml, yaml.text("analyzer", "standard").replace('-', '_'))
                        .replace('_', '-'));
    }

    private VectorIndex vector(YamlMap yaml) {
        yaml.only("name", "label", "property", "from", "dimensions");
        return new VectorIndex(
                identifier(yaml, yaml.text("name")),
                identifier(yaml, yaml.text("label")),
                identifier(yaml, yaml.text("property", "embedding")),
                identifiers(yaml, "from"),
                (int) yaml.positive("dimensions", 0));
    }

    private static List<String> identifiers(YamlMap yaml, String key) {
        if (yaml.texts(key).isEmpty()) {
            throw yaml.invalid("needs at least one entry under '" + key + "'");
        }
        return yaml.texts(key).stream().map(n -> identifier(yaml, n)).toList();
    }

    /** An expression over a record's fields, see {@link DataRecord}. */
    private static String expression(YamlMap yaml, String key) {
        String text = yaml.text(key);
        if (!EXPRESSION.matcher(text).matches()) {
            throw yaml.invalid("has the expression '" + text + "' for '" + key + "', whose braces do not match");
        }
        return text;
    }

    /** An identifier that the loader does not use itself. */
    private static String free(YamlMap yaml, String name) {
        if (RESERVED.contains(name) || RESERVED_PREFIX.matcher(name).matches()) {
            throw yaml.invalid("has the name '" + name + "', which the loader uses itself; choose another one");
        }
        return identifier(yaml, name);
    }

    private static String identifier(YamlMap yaml, String name) {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw yaml.invalid("has the name '" + name + "'; names are a letter and up to 63 letters, digits or _");
        }
        return name;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, YamlMap yaml, String name) {
        try {
            return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            List<String> known = Arrays.stream(type.getEnumConstants())
                    .map(c -> c.name().toLowerCase(Locale.ROOT))
                    .toList();
            throw yaml.invalid("has '" + name + "'; known are " + String.join(", ", known));
        }
    }
}
