package dev.quipu.codegen;

import dev.quipu.sandbox.SyntaxProblem;
import java.util.List;
import java.util.Optional;

/**
 * The code in a reply.
 *
 * @param code the module; empty if there is none that compiles
 * @param problem why what looks like code does not compile
 * @param broken that code
 * @param defined names that the module defines
 * @param undefined names that it reads and nothing defines
 * @param absent modules that it imports and that are not there
 * @param imported well-known names that were read without an import, and whose import was added
 */
record Analysis(
        String code,
        Optional<SyntaxProblem> problem,
        String broken,
        List<String> defined,
        List<String> undefined,
        List<String> absent,
        List<String> imported) {
    Analysis {
        defined = List.copyOf(defined);
        undefined = List.copyOf(undefined);
        absent = List.copyOf(absent);
        imported = List.copyOf(imported);
    }
}
