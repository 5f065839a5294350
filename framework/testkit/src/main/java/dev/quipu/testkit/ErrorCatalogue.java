package dev.quipu.testkit;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.quipu.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * All error codes on the class path: checks that each is well formed and unique, and keeps the page that lists them.
 *
 * <p>Run the test that calls {@link #requireCurrent} with {@code -Dquipu.docs.write=true} to write the page anew.
 */
public final class ErrorCatalogue {
    /** The system property that has the page written instead of compared. */
    public static final String WRITE_PROPERTY = "quipu.docs.write";

    private static final Pattern ID = Pattern.compile("QP-[A-Z]{2,12}-\\d{3}");

    private final List<ErrorCode> codes;

    private ErrorCatalogue(List<ErrorCode> codes) {
        this.codes = codes.stream().sorted(Comparator.comparing(ErrorCode::id)).toList();
    }

    /** The constants of all enums below a package that implement {@link ErrorCode}, but for those of tests. */
    public static ErrorCatalogue of(String rootPackage) {
        List<ErrorCode> codes = new ArrayList<>();
        ClassFileImporter importer = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests());
        for (JavaClass type : importer.importPackages(rootPackage)) {
            if (type.isEnum() && type.isAssignableTo(ErrorCode.class)) {
                for (Object constant : type.reflect().getEnumConstants()) {
                    codes.add((ErrorCode) constant);
                }
            }
        }
        return new ErrorCatalogue(codes);
    }

    static ErrorCatalogue of(List<ErrorCode> codes) {
        return new ErrorCatalogue(codes);
    }

    /** The codes by their ids. */
    public List<ErrorCode> codes() {
        return codes;
    }

    /** What is wrong with the codes; empty when nothing is. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        Map<String, ErrorCode> seen = new HashMap<>();
        for (ErrorCode code : codes) {
            String where = code.getClass().getName() + "." + code;
            if (!ID.matcher(code.id()).matches()) {
                problems.add(where + " has the id " + code.id() + ", which is not of the form QP-AREA-001");
            }
            ErrorCode first = seen.putIfAbsent(code.id(), code);
            if (first != null) {
                problems.add(where + " has the id " + code.id() + " of "
                        + first.getClass().getName() + "." + first);
            }
            if (!code.meaning().endsWith(".") || code.meaning().contains("\n")) {
                problems.add(where + " has a meaning that is not one sentence on one line: " + code.meaning());
            }
        }
        return problems;
    }

    /** The page that lists all codes, in Markdown. */
    public String markdown() {
        StringBuilder page = new StringBuilder("""
                # Error codes

                Every exception of Quipu is a `QuipuException`. Its message starts with one of these codes and says what
                happened, with the numbers, and what to do. A code never changes its meaning. An exception that is
                `Retryable` may succeed when the same call is made again, and says after which time.

                This page is generated from the code.
                """);
        String area = "";
        for (ErrorCode code : codes) {
            if (!area.equals(area(code))) {
                area = area(code);
                page.append("\n## ").append(area).append("\n\n| Code | Meaning |\n|---|---|\n");
            }
            page.append("| `").append(code.id()).append("` | ");
            page.append(code.meaning().replace("|", "\\|")).append(" |\n");
        }
        return page.toString();
    }

    /**
     * Compares a file with {@link #markdown()}, or writes it when the system property {@code quipu.docs.write} is true.
     *
     * @throws AssertionError if the file says something else
     */
    public void requireCurrent(Path file) {
        try {
            if (Boolean.getBoolean(WRITE_PROPERTY)) {
                Files.writeString(file, markdown());
            } else if (!Files.exists(file) || !Files.readString(file).equals(markdown())) {
                throw new AssertionError(file + " does not list the " + codes.size()
                        + " error codes as they are. Run this test with -D" + WRITE_PROPERTY + "=true and commit it.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String area(ErrorCode code) {
        String[] parts = code.id().split("-", 3);
        return parts.length < 2 ? code.id() : parts[1];
    }
}
