package dev.quipu.sandbox.internal;

import dev.quipu.sandbox.SandboxError;
import dev.quipu.sandbox.SandboxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Python of the sandbox itself, which lies in this jar and travels by pipe. */
final class Sources {
    private static final List<String> MODULES = List.of(
            "quipu_asserts",
            "quipu_candidate",
            "quipu_cover",
            "quipu_deadline",
            "quipu_doctest",
            "quipu_errors",
            "quipu_expect",
            "quipu_filter",
            "quipu_folders",
            "quipu_functions",
            "quipu_handles",
            "quipu_jail",
            "quipu_kernel",
            "quipu_library",
            "quipu_nursery",
            "quipu_peer",
            "quipu_policy",
            "quipu_pool",
            "quipu_pytest",
            "quipu_realpytest",
            "quipu_rehearsal",
            "quipu_report",
            "quipu_run",
            "quipu_solution",
            "quipu_styles",
            "quipu_supervisor",
            "quipu_syscalls",
            "quipu_tests",
            "quipu_values",
            "quipu_walls",
            "quipu_wire");

    private Sources() {}

    /** The program that loads the others. */
    static String boot() {
        return read("boot");
    }

    static Map<String, String> modules() {
        Map<String, String> texts = new LinkedHashMap<>();
        MODULES.forEach(name -> texts.put(name, read(name)));
        return texts;
    }

    private static String read(String name) {
        try (InputStream text = Sources.class.getResourceAsStream("/dev/quipu/sandbox/python/" + name + ".py")) {
            if (text == null) {
                throw new SandboxException(SandboxError.FAILED, "The sandbox's own " + name + ".py is not in its jar.");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new SandboxException(SandboxError.FAILED, "The sandbox's own " + name + ".py cannot be read.", e);
        }
    }
}
