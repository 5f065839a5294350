package dev.quipu.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;

/** Which module a class belongs to, by its package, and which modules each one may use. */
final class ModuleMap {
    static final String ROOT = "dev.quipu";

    private static final String API = "api";

    /** Modules whose package lies inside another module's. */
    private static final Map<String, String> NESTED =
            Map.of(ROOT + ".kg.embedded", "kg.embedded", ROOT + ".llama.jni", "llama.jni");

    private static final Map<String, Set<String>> USES = Map.ofEntries(
            Map.entry(API, Set.of()),
            Map.entry("testkit", Set.of(API)),
            Map.entry("llama", Set.of(API)),
            Map.entry("llama.jni", Set.of(API, "llama")),
            Map.entry("training", Set.of(API, "llama")),
            Map.entry("rules", Set.of(API)),
            Map.entry("runtime", Set.of(API)),
            Map.entry("kg", Set.of(API)),
            Map.entry("kg.embedded", Set.of(API, "kg")),
            Map.entry("sandbox", Set.of(API)),
            Map.entry("codegen", Set.of(API, "sandbox")),
            Map.entry("connectors", Set.of(API, "runtime")),
            Map.entry(
                    "server",
                    Set.of(API, "llama", "training", "rules", "runtime", "kg", "sandbox", "codegen", "connectors")));

    private ModuleMap() {}

    static boolean contains(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    static String moduleOf(JavaClass type) {
        String name = type.getPackageName();
        for (Map.Entry<String, String> nested : NESTED.entrySet()) {
            if (name.equals(nested.getKey()) || name.startsWith(nested.getKey() + ".")) {
                return nested.getValue();
            }
        }
        if (name.equals(ROOT)) {
            return API;
        }
        String inside = name.substring(ROOT.length() + 1);
        int dot = inside.indexOf('.');
        return dot < 0 ? inside : inside.substring(0, dot);
    }

    /** A module that is not in the map, such as the samples, may use all. */
    static boolean mayUse(String module, String other) {
        return module.equals(other)
                || !USES.containsKey(module)
                || USES.getOrDefault(module, Set.of()).contains(other);
    }
}
