package dev.quipu.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The texts of rule files, and the check that they do not reach out of the engine. */
final class RuleSources {
    private static final Pattern FORBIDDEN = Pattern.compile(
            "\\b(?:java\\.(?:io|nio|net|lang\\.(?:reflect|invoke|foreign))\\b|Runtime\\b|ProcessBuilder\\b|System\\s*\\.|"
                    + "Thread\\b|Class\\s*\\.\\s*forName|ClassLoader\\b|javax\\.script|getClass\\s*\\()");

    private RuleSources() {}

    static Map<String, String> read(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            Map<String, String> sources = new TreeMap<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".drl")).toList()) {
                sources.put(file.getFileName().toString(), Files.readString(file));
            }
            if (sources.isEmpty()) {
                throw new RulesException(RulesError.UNREADABLE, folder + " holds no .drl file. Add one.");
            }
            return sources;
        } catch (IOException e) {
            throw new RulesException(RulesError.UNREADABLE, folder + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** A guard against mistakes, not a sandbox: rules are code, and only the operator may write them. */
    static void check(Map<String, String> sources) {
        sources.forEach((file, text) -> {
            Matcher matcher = FORBIDDEN.matcher(text);
            if (matcher.find()) {
                long line = text.substring(0, matcher.start()).lines().count();
                throw new RulesException(
                        RulesError.FORBIDDEN,
                        file + ":" + Math.max(1, line) + " uses '" + matcher.group()
                                + "'. Rules decide; they do not reach out. Remove it.");
            }
        });
    }
}
