package dev.quipu.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a job has to keep to before it goes anywhere. */
final class JobCheck {
    private static final int SOURCE_BYTES = 4 << 20;
    private static final int FILES = 256;
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final Pattern PART = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9_.+@ -]{1,100}");

    private JobCheck() {}

    static void require(
            String id,
            String code,
            String tests,
            String entryPoint,
            String module,
            Map<String, Bytes> files,
            List<String> outputs,
            Bytes stdin,
            Limits limits) {
        source("code", code);
        source("tests", tests);
        if (id.isBlank() || id.length() > 200) {
            throw refused("Its id has " + id.length() + " characters; 1 to 200 are allowed.");
        }
        if (!IDENTIFIER.matcher(module).matches()) {
            throw refused("Its module is called '" + shown(module) + "', which is no identifier of Python.");
        }
        if (!entryPoint.isEmpty() && !IDENTIFIER.matcher(entryPoint).matches()) {
            throw refused("Its entry point is '" + shown(entryPoint) + "', which is no identifier of Python.");
        }
        names(files.keySet());
        names(outputs);
        long bytes = stdin.length()
                + files.values().stream().mapToLong(Bytes::length).sum();
        if (bytes > limits.tmpBytes()) {
            throw refused("Its files and input have " + bytes + " bytes; the limit is " + limits.tmpBytes()
                    + " (Limits.tmpBytes).");
        }
    }

    private static void source(String what, String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > SOURCE_BYTES) {
            throw refused("Its " + what + " has " + bytes + " bytes; the limit is " + SOURCE_BYTES + ".");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw refused(
                    "Its " + what + " holds half of a surrogate pair, which no file could hold. Read it as UTF-8.");
        }
    }

    private static void names(Collection<String> names) {
        if (names.size() > FILES) {
            throw refused("It names " + names.size() + " files; the limit is " + FILES + ".");
        }
        for (String name : names) {
            String[] parts = name.split("/", -1);
            for (String part : parts) {
                if (!PART.matcher(part).matches() || parts.length > 8) {
                    throw refused("The file name '" + shown(name) + "' is not usable. Take a relative path of up to 8"
                            + " plain names.");
                }
            }
        }
    }

    private static String shown(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    private static SandboxException refused(String why) {
        return new SandboxException(SandboxError.JOB, "The job was not accepted. " + why);
    }
}
