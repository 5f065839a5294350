package dev.quipu.rules;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kie.api.builder.Message;

/**
 * A compile error with the file and line of the rule.
 *
 * <p>Drools compiles the consequence of a rule as a Java class of its own and names that class in the error, so the line
 * at fault is looked up in the rule files by its text.
 */
final class CompileMessage {
    private static final Pattern STATEMENT = Pattern.compile("execute\\([^\\n]*\\n(.*?)\\n {4}}", Pattern.DOTALL);

    private CompileMessage() {}

    static String describe(Message error, Map<String, String> sources) {
        String path = String.valueOf(error.getPath());
        String file = path.substring(path.lastIndexOf('/') + 1);
        if (sources.containsKey(file)) {
            return file + ":" + error.getLine() + " " + firstLine(error.getText());
        }
        Matcher statement = STATEMENT.matcher(error.getText());
        if (statement.find()) {
            for (String line : statement.group(1).lines().toList()) {
                for (Map.Entry<String, String> source : sources.entrySet()) {
                    int at = lineOf(source.getValue(), line.strip());
                    if (at > 0) {
                        return source.getKey() + ":" + at + " this consequence does not compile";
                    }
                }
            }
        }
        return String.join(", ", sources.keySet()) + ": " + firstLine(error.getText());
    }

    private static int lineOf(String source, String statement) {
        List<String> lines = source.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!statement.isEmpty() && lines.get(i).strip().equals(statement)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
