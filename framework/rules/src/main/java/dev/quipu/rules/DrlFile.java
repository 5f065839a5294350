package dev.quipu.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.drl.ast.descr.GlobalDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;

/** A rule file that has been parsed. */
record DrlFile(RuleSource source, PackageDescr content) {
    private static final Set<String> ATTRIBUTES =
            Set.of("salience", "no-loop", "lock-on-active", "activation-group", "enabled", "dialect");
    private static final List<String> TAKEN =
            List.of("java.", "javax.", "jdk.", "dev.quipu.", "org.drools.", "org.kie.");

    /** Parses a file, or adds to the problems why it cannot be parsed. */
    static List<DrlFile> parse(RuleSource source, List<RuleProblem> problems) {
        DrlParser parser = new DrlParser();
        try {
            PackageDescr content = parser.parse(false, source.text());
            for (DroolsError error : parser.getErrors()) {
                problems.add(new RuleProblem(source.name(), lineOf(error), error.getMessage()));
            }
            return content == null || parser.hasErrors() ? List.of() : List.of(new DrlFile(source, content));
        } catch (DroolsParserException | RuntimeException | StackOverflowError e) {
            problems.add(new RuleProblem(source.name(), 0, "The parser failed: " + e));
            return List.of();
        }
    }

    private static int lineOf(DroolsError error) {
        int[] lines = error.getLines();
        return lines.length > 0 ? Math.max(0, lines[0]) : 0;
    }

    List<RuleDescr> rules() {
        return content.getRules();
    }

    /** What compiles and would still not do what its author expects. */
    List<RuleProblem> structure() {
        List<RuleProblem> problems = new ArrayList<>();
        String name = content.getName();
        if (name.isEmpty() || TAKEN.stream().anyMatch((name + ".")::startsWith)) {
            problems.add(problem(1, "The file needs a package of its own, such as package com.example.rules."));
        }
        for (GlobalDescr global : content.getGlobals()) {
            if (!global.getIdentifier().equals("decisions") || !global.getType().endsWith("Decisions")) {
                problems.add(problem(
                        global.getLine(),
                        "The global %s is never set; the only one is Decisions decisions."
                                .formatted(global.getIdentifier())));
            }
        }
        content.getAttributes()
                .forEach(attribute -> checkAttribute(attribute.getName(), attribute.getLine(), problems));
        for (RuleDescr rule : rules()) {
            for (Map.Entry<String, ?> attribute : rule.getAttributes().entrySet()) {
                checkAttribute(attribute.getKey(), rule.getLine(), problems);
            }
        }
        return problems;
    }

    private void checkAttribute(String name, int line, List<RuleProblem> problems) {
        if (!ATTRIBUTES.contains(name)) {
            problems.add(problem(
                    line,
                    "The attribute %s is not supported: every decision fires all rules once, on the date of Today. Use %s."
                            .formatted(name, ATTRIBUTES.stream().sorted().toList())));
        }
    }

    RuleProblem problem(int line, String message) {
        return new RuleProblem(source.name(), Math.max(0, line), message);
    }

    /** The same file without its rules, except the kept ones; queries and lines stay. */
    RuleSource with(Set<RuleDescr> kept) {
        StringBuilder text = new StringBuilder(source.text());
        for (RuleDescr rule : rules()) {
            if (rule.isRule() && !kept.contains(rule)) {
                blank(text, rule.getStartCharacter(), rule.getEndCharacter());
            }
        }
        return new RuleSource(source.name(), text.toString());
    }

    private static void blank(StringBuilder text, int first, int last) {
        for (int i = Math.max(0, first); i <= last && i < text.length(); i++) {
            if (text.charAt(i) != '\n') {
                text.setCharAt(i, ' ');
            }
        }
    }
}
