package dev.quipu.rules;

import dev.quipu.rules.DrlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds what a rule has no business with: other processes, files, the network, threads, reflection, the system clock,
 * chance, loops, and classes of packages that nobody allowed.
 *
 * <p>It looks at words, not at meaning, so it refuses too much rather than too little, and still it is a guard against
 * mistakes and careless copying, not a sandbox: whoever may write rules may write Java.
 */
final class DrlGuard {
    /** The packages that every rule file may use. */
    static final Set<String> PACKAGES =
            Set.of("dev.quipu.rules", "java.lang", "java.math", "java.time", "java.time.temporal", "java.util");

    private static final Map<String, String> WORDS = words();

    private static final Map<String, String> CALLS = Map.ofEntries(
            Map.entry("now", "reads the system clock; match Today instead"),
            Map.entry("random", "decides by chance"),
            Map.entry("randomUUID", "decides by chance"),
            Map.entry("getClass", "is reflection"),
            Map.entry("forName", "is reflection"),
            Map.entry("wait", "blocks a thread"),
            Map.entry("notify", "is for threads"),
            Map.entry("notifyAll", "is for threads"),
            Map.entry("parallelStream", "starts work on other threads"));

    private static final Set<String> IMPORT_KINDS = Set.of("static", "function", "accumulate", "acc");

    private final Set<String> allowed;

    /** @param allowed packages that rules may use beside {@link #PACKAGES} */
    DrlGuard(Set<String> allowed) {
        this.allowed = Stream.concat(PACKAGES.stream(), allowed.stream()).collect(Collectors.toUnmodifiableSet());
    }

    List<RuleProblem> check(RuleSource source) {
        DrlTokens read = DrlTokens.of(source);
        List<RuleProblem> problems = new ArrayList<>(read.problems());
        List<Token> tokens = read.tokens();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.word()) {
                String why = reason(tokens, i);
                if (!why.isEmpty()) {
                    problems.add(new RuleProblem(source.name(), token.line(), token.text() + " " + why + "."));
                }
            }
        }
        return problems;
    }

    private String reason(List<Token> tokens, int i) {
        String word = tokens.get(i).text();
        if (WORDS.containsKey(word)) {
            return WORDS.getOrDefault(word, "");
        }
        if (CALLS.containsKey(word) && (follows(tokens, i, "(") || precedes(tokens, i, "::"))) {
            return CALLS.getOrDefault(word, "");
        }
        return precedes(tokens, i, ".") ? "" : foreignPackage(tokens, i);
    }

    /** Why the qualified name that starts here may not be used; empty if it may or is none. */
    private String foreignPackage(List<Token> tokens, int i) {
        List<String> name = qualifiedName(tokens, i);
        boolean wholePackage = follows(tokens, i + 2 * (name.size() - 1), ".*");
        boolean imported = imported(tokens, i);
        boolean declared = i > 0 && tokens.get(i - 1).is("package");
        int firstClass = 0;
        while (firstClass < name.size()
                && !Character.isUpperCase(name.get(firstClass).charAt(0))) {
            firstClass++;
        }
        if (declared || firstClass == 0 || (firstClass == name.size() && !imported)) {
            return "";
        }
        int segments = firstClass < name.size() || wholePackage ? firstClass : name.size() - 1;
        String packageName = String.join(".", name.subList(0, segments));
        return allowed.contains(packageName)
                ? ""
                : "is of the package %s, which is not allowed; allowed are %s"
                        .formatted(packageName, allowed.stream().sorted().collect(Collectors.joining(", ")));
    }

    private static boolean imported(List<Token> tokens, int i) {
        int before = i - 1;
        if (before > 0 && IMPORT_KINDS.contains(tokens.get(before).text())) {
            before--;
        }
        return before >= 0 && tokens.get(before).is("import");
    }

    private static List<String> qualifiedName(List<Token> tokens, int i) {
        List<String> name = new ArrayList<>();
        name.add(tokens.get(i).text());
        int at = i + 1;
        while (at + 1 < tokens.size()
                && tokens.get(at).is(".")
                && tokens.get(at + 1).word()) {
            name.add(tokens.get(at + 1).text());
            at += 2;
        }
        return name;
    }

    private static boolean follows(List<Token> tokens, int i, String signs) {
        for (int k = 0; k < signs.length(); k++) {
            int at = i + 1 + k;
            if (at >= tokens.size() || !tokens.get(at).is(signs.substring(k, k + 1))) {
                return false;
            }
        }
        return true;
    }

    private static boolean precedes(List<Token> tokens, int i, String signs) {
        return i >= signs.length() && follows(tokens, i - signs.length() - 1, signs);
    }

    private static Map<String, String> words() {
        return Stream.of(
                        reasons("starts or inspects processes", "Runtime ProcessBuilder Process ProcessHandle"),
                        reasons("reaches for the JVM", "System IO Shutdown StackWalker SecurityManager Console"),
                        reasons("is reflection", "class Class ClassLoader ClassValue Module ModuleLayer ServiceLoader"),
                        reasons(
                                "is for threads",
                                "Thread ThreadGroup ThreadLocal InheritableThreadLocal ScopedValue Timer TimerTask"
                                        + " synchronized"),
                        reasons(
                                "reaches for files or the network",
                                "File Files Path Paths Scanner Formatter ResourceBundle Socket URL URI"),
                        reasons("decides by chance", "Random SplittableRandom"),
                        reasons("may never end; match facts in conditions instead", "while for do"),
                        reasons("reaches into the rule engine", "drools kcontext"))
                .flatMap(part -> part.entrySet().stream())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, String> reasons(String reason, String words) {
        return Stream.of(words.split(" ")).collect(Collectors.toMap(word -> word, word -> reason));
    }
}
