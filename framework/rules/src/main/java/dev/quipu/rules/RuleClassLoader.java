package dev.quipu.rules;

import java.util.Map;

/** Loads the classes of compiled rules; a rule base that nobody uses any more takes it and them along. */
final class RuleClassLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> classes;

    RuleClassLoader(Map<String, byte[]> classes, ClassLoader parent) {
        super("quipu-rules", parent);
        this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
