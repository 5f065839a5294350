package dev.quipu.sandbox.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quipu.sandbox.Mode;
import dev.quipu.sandbox.Outcome;
import dev.quipu.sandbox.TestResult;
import dev.quipu.sandbox.TestStatus;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** How a job ended: everything that holds, of which the order of {@link Outcome} chooses. */
final class Ending {
    private static final int SIGKILL = 9;
    private static final int SIGXCPU = 24;
    private static final int SIGXFSZ = 25;
    private static final int SIGSYS = 31;
    private static final int SHELL_SIGNAL = 128;
    private static final Set<Integer> NO_ROOM = Set.of(27, 28);

    private final Ticket ticket;
    private final JsonNode told;
    private final Records records;
    private final List<TestResult> tests;
    private final Set<Outcome> holds = EnumSet.noneOf(Outcome.class);
    private final String main;
    private String note;

    private Ending(Ticket ticket, JsonNode told, Records records, List<TestResult> tests) {
        this.ticket = ticket;
        this.told = told;
        this.records = records;
        this.tests = tests;
        this.note = ticket.note;
        this.main = switch (ticket.mode) {
            case SCRIPT -> "script";
            case SYNTAX_ONLY -> "syntax";
            case TESTS_IN_PROCESS -> "both";
            case TESTS_SPLIT -> "tests";
        };
    }

    static Ending of(Ticket ticket, JsonNode told, Records records, List<TestResult> tests) {
        Ending ending = new Ending(ticket, told, records, tests);
        ending.fromSupervisor();
        ending.fromProcesses();
        ending.fromRecords();
        switch (ticket.mode) {
            case SCRIPT -> ending.fromScript();
            case SYNTAX_ONLY -> ending.fromCompiler();
            case TESTS_SPLIT, TESTS_IN_PROCESS -> ending.fromTests();
        }
        return ending;
    }

    Outcome outcome() {
        return holds.isEmpty() ? Outcome.SANDBOX_ERROR : Collections.min(holds);
    }

    String note() {
        return note;
    }

    Optional<String> violation() {
        return Optional.of(told.path("violation").asText("")).filter(v -> !v.isEmpty() && !v.equals("null"));
    }

    OptionalInt exitCode() {
        int code = exit(main);
        return code >= 0 && signal(main) == 0 ? OptionalInt.of(code) : OptionalInt.empty();
    }

    OptionalInt signal() {
        int signal = signal(ticket.mode == Mode.TESTS_SPLIT && signal(main) == 0 ? "code" : main);
        // The supervisor ends the jail of the code itself once the tests are over.
        boolean ours = signal == SIGKILL && ticket.mode == Mode.TESTS_SPLIT;
        return signal == 0 || ours ? OptionalInt.empty() : OptionalInt.of(signal);
    }

    private int exit(String role) {
        return told.path("roles").path(role).path("exit").asInt(-1);
    }

    /** A jail inside another program ends with 128 and the signal, unless it said before that it exits so. */
    private int signal(String role) {
        int exit = exit(role);
        boolean announced = records.get("exit").map(JsonNode::asInt).orElse(-1) == exit;
        if (told.path("nested").asBoolean() && exit > SHELL_SIGNAL && !announced) {
            return exit - SHELL_SIGNAL;
        }
        return told.path("roles").path(role).path("signal").asInt();
    }

    private void fromSupervisor() {
        if (told.has("trouble")) {
            holds.add(Outcome.SANDBOX_ERROR);
            note = told.path("trouble").asText();
        }
        switch (told.path("ended").asText()) {
            case "cancelled" -> holds.add(Outcome.CANCELLED);
            case "timeout" -> holds.add(Outcome.TIMEOUT);
            case "output" -> holds.add(Outcome.OUTPUT_LIMIT);
            case "forbidden" -> holds.add(Outcome.FORBIDDEN_SYSCALL);
            case "full" -> holds.add(Outcome.FILE_LIMIT);
            default -> {}
        }
    }

    private void fromProcesses() {
        if (told.path("ended").asText("null").equals("null")) {
            told.path("roles").fieldNames().forEachRemaining(role -> fromSignal(role, signal(role)));
        }
    }

    private void fromSignal(String role, int signal) {
        switch (signal) {
            case 0 -> {}
            case SIGXCPU -> holds.add(Outcome.CPU_LIMIT);
            case SIGXFSZ -> holds.add(Outcome.FILE_LIMIT);
            case SIGSYS -> holds.add(Outcome.FORBIDDEN_SYSCALL);
            case SIGKILL -> {
                double limit = ticket.job().limits().cpu().toMillis() / 1000.0;
                if (told.path("roles").path(role).path("cpu").asDouble() >= limit * 0.95) {
                    holds.add(Outcome.CPU_LIMIT);
                } else if (role.equals(main)) {
                    holds.add(Outcome.MEMORY_LIMIT);
                    note = "The kernel ended the jail.";
                }
            }
            default -> holds.add(Outcome.CRASHED);
        }
    }

    private void fromRecords() {
        if (records.has("syntax")) {
            holds.add(Outcome.SYNTAX_ERROR);
        }
        records.get("failure").ifPresent(failure -> {
            if (failure.path("type").asText().equals("MemoryError")) {
                holds.add(Outcome.MEMORY_LIMIT);
            }
            if (NO_ROOM.contains(failure.path("errno").asInt())) {
                holds.add(Outcome.FILE_LIMIT);
            }
            holds.add(ticket.mode == Mode.SCRIPT ? Outcome.RUNTIME_ERROR : Outcome.LOAD_ERROR);
        });
        if (!records.has("started") && holds.isEmpty()) {
            holds.add(Outcome.SANDBOX_ERROR);
            note = "The jail ended before it began.";
        }
    }

    private void fromScript() {
        if (exit(main) != 0) {
            holds.add(Outcome.RUNTIME_ERROR);
        } else if (holds.isEmpty()) {
            holds.add(Outcome.OK);
        }
    }

    private void fromCompiler() {
        if (holds.isEmpty()) {
            holds.add(records.has("done") ? Outcome.OK : Outcome.CRASHED);
        }
    }

    private void fromTests() {
        boolean done = records.has("done");
        records.get("broken").or(() -> records.get("gone")).ifPresent(why -> {
            boolean silent = why.asText().contains("does not answer");
            holds.add(silent ? Outcome.TIMEOUT : Outcome.EXITED);
            note = why.isTextual() ? why.asText() : "The code under test ended its interpreter while it was loaded.";
        });
        if (!done && ticket.mode == Mode.TESTS_IN_PROCESS && holds.isEmpty()) {
            holds.add(Outcome.EXITED);
        }
        if (!done || records.tooMany() || has(TestStatus.NOT_RUN) || has(TestStatus.SKIP)) {
            holds.add(Outcome.INCOMPLETE);
        }
        if (tests.stream().anyMatch(Ending::outOfMemory)) {
            holds.add(Outcome.MEMORY_LIMIT);
        }
        if (has(TestStatus.FAIL) || has(TestStatus.ERROR)) {
            holds.add(Outcome.TESTS_FAILED);
        }
        if (tests.isEmpty()) {
            holds.add(Outcome.NO_TESTS);
        } else if (holds.isEmpty()) {
            holds.add(Outcome.PASSED);
        }
        records.get("fixture").ifPresent(name -> {
            if (note.isEmpty()) {
                note = name.asText();
            }
        });
    }

    private boolean has(TestStatus status) {
        return tests.stream().anyMatch(test -> test.status() == status);
    }

    private static boolean outOfMemory(TestResult test) {
        return test.status() == TestStatus.ERROR
                && test.message()
                        .lines()
                        .anyMatch(line -> line.equals("MemoryError") || line.startsWith("MemoryError:"));
    }
}
