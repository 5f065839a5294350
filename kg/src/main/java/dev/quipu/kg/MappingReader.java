package dev.quipu.kg;

import dev.quipu.kg.Mapping.Format;
import dev.quipu.kg.Mapping.FulltextIndex;
import dev.quipu.kg.Mapping.NodeRule;
import dev.quipu.kg.Mapping.PropertyRule;
import dev.quipu.kg.Mapping.PropertyType;
import dev.quipu.kg.Mapping.Records;
import dev.quipu.kg.Mapping.RelationshipRule;
import dev.quipu.kg.Mapping.SourceFile;
import dev.quipu.kg.Mapping.VectorIndex;
import dev.quipu.kg.internal.YamlMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the YAML form of a mapping. Labels, types and property names go into query text, so their form is checked. */
final class MappingReader {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    Mapping read(YamlMap yaml) {
        yaml.only("sources", "indexes");
        YamlMap indexes = yaml.map("indexes").only("fulltext", "vector");
        return new Mapping(
                yaml.maps("sources").stream().map(this::source).toList(),
                indexes.maps("fulltext").stream().map(this::fulltext).toList(),
                indexes.maps("vector").stream().map(this::vector).toList());
    }

    private SourceFile source(YamlMap yaml) {
        yaml.only("file", "format", "charset", "delimiter", "nulls", "rows", "nodes", "relationships", "each");
        String file = yaml.text("file");
        if (file.startsWith("/") || file.contains("..")) {
            throw YamlMap.invalid(yaml.where(), "names the file '" + file + "' outside of the data folder");
        }
        String suffix = file.substring(file.lastIndexOf('.') + 1);
        SortedSet<String> nulls = new TreeSet<>(yaml.has("nulls") ? yaml.texts("nulls") : List.of(""));
        return new SourceFile(
                file,
                constant(Format.class, yaml, yaml.text("format", suffix)),
                yaml.has("charset") ? Optional.of(yaml.text("charset")) : Optional.empty(),
                yaml.text("delimiter", ",").charAt(0),
                nulls,
                records(yaml, yaml.text("rows", "*")));
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
            properties.put(identifier(given, name), property(given, name));
        }
        return new NodeRule(
                identifier(yaml, yaml.text("label")),
                yaml.text("id"),
                yaml.text("when", ""),
                properties,
                new TreeSet<>(yaml.texts("required")));
    }

    private static PropertyRule property(YamlMap parent, String name) {
        if (parent.raw(name) instanceof String from) {
            return new PropertyRule(from, PropertyType.TEXT, "", Map.of());
        }
        YamlMap yaml = parent.map(name).only("from", "type", "pattern", "values");
        YamlMap given = yaml.map("values");
        Map<String, String> values = new LinkedHashMap<>();
        for (String value : given.keys()) {
            values.put(value, value);
            given.texts(value).forEach(alias -> values.put(alias.toLowerCase(Locale.ROOT), value));
        }
        return new PropertyRule(
                yaml.text("from", name),
                constant(PropertyType.class, yaml, yaml.text("type", "text")),
                yaml.text("pattern", ""),
                values);
    }

    private RelationshipRule relationship(YamlMap yaml) {
        yaml.only("type", "from", "to", "when", "optional");
        return new RelationshipRule(
                identifier(yaml, yaml.text("type")),
                end(yaml.map("from")),
                end(yaml.map("to")),
                yaml.text("when", ""),
                Boolean.parseBoolean(yaml.text("optional", "false")));
    }

    private RelationshipRule.End end(YamlMap yaml) {
        yaml.only("label", "id", "by");
        return new RelationshipRule.End(
                identifier(yaml, yaml.text("label")), yaml.text("id"), identifier(yaml, yaml.text("by", "id")));
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
                Integer.parseInt(yaml.text("dimensions")));
    }

    private static List<String> identifiers(YamlMap yaml, String key) {
        return yaml.texts(key).stream().map(n -> identifier(yaml, n)).toList();
    }

    private static String identifier(YamlMap yaml, String name) {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw YamlMap.invalid(
                    yaml.where(), "has the name '" + name + "'; names are a letter and up to 63 letters, digits or _");
        }
        return name;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, YamlMap yaml, String name) {
        try {
            return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw YamlMap.invalid(yaml.where(), "has '" + name + "'; known are " + List.of(type.getEnumConstants()));
        }
    }
}
