package dev.quipu.kg;

import dev.quipu.kg.Mapping.Format;
import dev.quipu.kg.Mapping.PropertyType;
import dev.quipu.kg.MappingInference.InferredFile;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes what was found out about files as YAML. */
final class InferredMapping {
    /** How many of a column's values may be no keys of the other file: data have mistakes. */
    private static final double INCLUSION = 0.95;

    private final Map<InferredFile, InferredTable> tables;
    /** The label and the key of each file that has one. */
    private final Map<InferredTable, Target> targets = new LinkedHashMap<>();

    private final StringBuilder yaml = new StringBuilder();

    private record Target(String label, InferredColumn key) {}

    private record Reference(InferredColumn column, Target to, String doubt) {}

    InferredMapping(Map<InferredFile, InferredTable> tables) {
        this.tables = tables;
        // The file with the most records of a key gives the label; one whose keys are the same adds to its nodes.
        tables.values().stream()
                .sorted((a, b) -> Long.compare(b.columns().size(), a.columns().size()))
                .forEach(t -> t.key().ifPresent(k -> targets.put(t, new Target(label(t, k), k))));
    }

    private String label(InferredTable table, InferredColumn key) {
        return targets.values().stream()
                .filter(t -> t.key().name().equals(key.name()) && !key.name().equals("@key"))
                .filter(t -> !key.name().equalsIgnoreCase("id"))
                .filter(t -> included(key, t.key()) >= INCLUSION)
                .map(Target::label)
                .findFirst()
                .orElseGet(() -> Names.label(table.name()));
    }

    private static double included(InferredColumn column, InferredColumn key) {
        long found = column.distinct().stream().filter(key.distinct()::contains).count();
        return column.distinct().isEmpty()
                ? 0
                : (double) found / column.distinct().size();
    }

    String yaml() {
        yaml.append("# Proposed from names and values. Read it, correct it, then: graph load.\nsources:\n");
        tables.forEach(this::source);
        return yaml.toString();
    }

    private void source(InferredFile file, InferredTable table) {
        file.notes().forEach(n -> yaml.append("  # ").append(n).append('\n'));
        line(2, "- file: " + Names.quoted(file.source().file()));
        if (file.source().delimiter() != ',') {
            line(4, "delimiter: " + Names.quoted(String.valueOf(file.source().delimiter())));
        }
        line(4, "nulls: [" + file.source().nulls().stream().map(Names::quoted).collect(Collectors.joining(", ")) + "]");
        if (file.source().format() == Format.JSON) {
            line(4, "rows: \"*\"");
        }
        Target target = targets.get(table);
        if (target == null) {
            line(4, "# No column tells its records apart: name one, or make one of several, as in \"{a}/{b}\".");
            return;
        }
        rules(4, table, target.label(), target.key().name(), doubt(target.key()), target);
    }

    private static String doubt(InferredColumn key) {
        if (key.repeated() > 0) {
            return key.repeated() + " record(s) have the key of another one and will be the same node";
        }
        return InferredTable.namedAsKey(key) ? "" : "it is named like no key, but has no value twice";
    }

    /** @param id the expression of the key */
    private void rules(int indent, InferredTable table, String label, String id, String doubt, Target self) {
        List<Reference> references = table.columns().stream()
                .filter(c -> !c.name().equals(id))
                .flatMap(c -> reference(c, self).stream())
                .toList();
        Set<String> referring = references.stream().map(r -> r.column().name()).collect(Collectors.toSet());
        line(indent, "nodes:");
        line(indent + 2, "- label: " + label);
        line(indent + 4, "id: " + Names.quoted(id) + (doubt.isEmpty() ? "" : "  # unsure: " + doubt));
        Set<String> taken = new HashSet<>();
        boolean first = true;
        for (InferredColumn column : table.columns()) {
            if (column.name().equals(id)
                    || referring.contains(column.name())
                    || column.name().equals("@key")) {
                continue;
            }
            if (first) {
                line(indent + 4, "properties:");
                first = false;
            }
            property(indent + 6, column, Names.property(column.name(), taken));
        }
        relationships(indent, label, id, references);
        nested(indent, table, label, id);
    }

    private void property(int indent, InferredColumn column, String name) {
        InferredColumn.Type type = column.type();
        StringBuilder text = new StringBuilder(name).append(": ");
        if (type.type() == PropertyType.TEXT) {
            text.append(Names.quoted(column.name()));
        } else {
            text.append("{from: ")
                    .append(Names.quoted(column.name()))
                    .append(", type: ")
                    .append(type.type().name().toLowerCase(Locale.ROOT))
                    .append(type.pattern().isEmpty() ? "" : ", pattern: " + Names.quoted(type.pattern()))
                    .append('}');
        }
        line(indent, text + (type.doubt().isEmpty() ? "" : "  # unsure: " + type.doubt()));
    }

    private void relationships(int indent, String label, String id, List<Reference> references) {
        if (!references.isEmpty()) {
            line(indent, "relationships:");
        }
        for (Reference reference : references) {
            line(
                    indent + 2,
                    "- {type: " + Names.type(reference.column().name()) + ", from: {label: " + label + ", id: "
                            + Names.quoted(id) + "}, to: {label: "
                            + reference.to().label() + ", id: "
                            + Names.quoted(reference.column().name()) + "}, optional: true}"
                            + (reference.doubt().isEmpty() ? "" : "  # unsure: " + reference.doubt()));
        }
    }

    /** Records inside of records are nodes of their own, whose key is that of the record and their place in it. */
    private void nested(int indent, InferredTable table, String label, String id) {
        if (!table.inner().isEmpty()) {
            line(indent, "each:");
        }
        for (InferredTable inner : table.inner()) {
            String outer = "{^" + id.replace("{", "").replace("}", "").replace("/", "}/{^") + "}";
            String key = outer + "/{@key}";
            String of = Names.label(inner.name());
            line(indent + 2, "- rows: " + Names.quoted(inner.name() + ".*"));
            rules(indent + 4, inner, of, key, "", new Target(of, new InferredColumn("")));
            boolean has = inner.columns().stream()
                    .anyMatch(c -> reference(c, new Target(of, c)).isPresent());
            if (!has) {
                line(indent + 4, "relationships:");
            }
            insertOwner(indent + 4, label, id.contains("{") ? outer : "^" + id, of, key);
        }
    }

    /** The relationship from the record around comes first of those of a nested one. */
    private void insertOwner(int indent, String label, String id, String of, String key) {
        String heading = " ".repeat(indent) + "relationships:\n";
        int at = yaml.lastIndexOf(heading) + heading.length();
        yaml.insert(
                at,
                " ".repeat(indent + 2) + "- {type: HAS_" + Names.snake(of) + ", from: {label: " + label + ", id: "
                        + Names.quoted(id) + "}, to: {label: " + of + ", id: " + Names.quoted(key) + "}}\n");
    }

    /** The file whose keys a column's values are; numbers are keys only where the names agree, too. */
    private Optional<Reference> reference(InferredColumn column, Target self) {
        if (column.distinct().isEmpty() || column.name().startsWith("@")) {
            return Optional.empty();
        }
        boolean numbers = column.type().type() == PropertyType.INTEGER;
        Reference best = null;
        for (Target target : Set.copyOf(targets.values())) {
            double share = included(column, target.key());
            boolean named =
                    Names.refers(column.name(), target.label(), target.key().name());
            boolean same = target.label().equals(self.label()) && !numbers;
            if (share >= INCLUSION && (named || (!numbers && column.distinct().size() > 1) || same)) {
                String doubt = named && share == 1
                        ? ""
                        : Math.round(share * 100) + " % of its values are keys of " + target.label();
                if (best == null || (named && !best.doubt().isEmpty())) {
                    best = new Reference(column, target, doubt);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private void line(int indent, String text) {
        yaml.append(" ".repeat(indent)).append(text).append('\n');
    }

    /** How columns and files are called in a graph. */
    private static final class Names {
        private Names() {}

        static String quoted(String text) {
            return text.matches("[A-Za-z_^][A-Za-z0-9_.^]*") && !text.matches("(?i)y|n|yes|no|true|false|null|on|off")
                    ? text
                    : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + '"';
        }

        private static String[] words(String name) {
            String plain = name.replaceAll("([a-z])([A-Z])", "$1 $2")
                    .replaceAll("[^A-Za-z0-9]+", " ")
                    .strip();
            return plain.isEmpty() ? new String[0] : plain.split(" ");
        }

        static String singular(String word) {
            String lower = word.toLowerCase(Locale.ROOT);
            if (lower.endsWith("ies") && lower.length() > 4) {
                return word.substring(0, word.length() - 3) + "y";
            }
            boolean plural =
                    lower.endsWith("s") && !lower.endsWith("ss") && !lower.endsWith("us") && lower.length() > 3;
            return plural ? word.substring(0, word.length() - 1) : word;
        }

        static String label(String name) {
            String[] words = words(name);
            StringBuilder label = new StringBuilder();
            for (int i = 0; i < words.length; i++) {
                String word = i == words.length - 1 ? singular(words[i]) : words[i];
                label.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
            return label.isEmpty() || !Character.isLetter(label.charAt(0)) ? "Record" + label : label.toString();
        }

        /** Names that the loader uses itself, and those of other scripts, get another one. */
        static String property(String name, Set<String> taken) {
            String[] words = words(name);
            StringBuilder made = new StringBuilder();
            for (String word : words) {
                made.append(
                        made.isEmpty()
                                ? Character.toLowerCase(word.charAt(0)) + word.substring(1)
                                : Character.toUpperCase(word.charAt(0)) + word.substring(1));
            }
            String base = made.isEmpty() || !Character.isLetter(made.charAt(0)) ? "value" + made : made.toString();
            base = base.equals("id") ? "ownId" : base;
            String free = base;
            for (int i = 2; !taken.add(free); i++) {
                free = base + i;
            }
            return free;
        }

        static String type(String column) {
            String type = snake(column).replaceAll("_(ID|KEY|NO|NR|NUMBER|CODE|IDS)$", "");
            return type.isEmpty() || !Character.isLetter(type.charAt(0)) ? "REFERS_TO" : type;
        }

        static String snake(String name) {
            return String.join("_", words(name)).toUpperCase(Locale.ROOT);
        }

        /** Whether a column is called like a label or the label's key. */
        static boolean refers(String column, String label, String key) {
            String plain = snake(column)
                    .replaceAll("_(ID|KEY|NO|NR|NUMBER|CODE|IDS)$", "")
                    .replace("_", "");
            boolean generic = key.equalsIgnoreCase("id") || key.equals("@key");
            return singular(plain).equalsIgnoreCase(label)
                    || plain.endsWith(label.toUpperCase(Locale.ROOT))
                    || (!generic
                            && column.substring(column.lastIndexOf('.') + 1).equalsIgnoreCase(key));
        }
    }
}
