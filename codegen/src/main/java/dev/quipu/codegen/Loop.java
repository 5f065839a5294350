package dev.quipu.codegen;

import dev.quipu.QuipuException;
import dev.quipu.codegen.Attempt.Kind;
import dev.quipu.codegen.Step.State;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The way from a request to a report, as a state machine ({@link Step.State}).
 *
 * <p>The first draft is the likeliest one. While fewer drafts than wanted pass the given tests, and the budget lasts,
 * rounds of drafts follow, made side by side: fresh ones, repairs of the best one so far, or both. Then the drafts that
 * did best on the given tests are compared, and one is chosen.
 */
final class Loop {
    private final CodeModel model;
    private final PythonSandbox sandbox;
    private final CodeOptions options;
    private final Ledger ledger;
    private final Analyst analyst;
    private final Workshop workshop;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Loop(CodeModel model, PythonSandbox sandbox, CodeOptions options, Ledger ledger) {
        this.model = model;
        this.sandbox = sandbox;
        this.options = options;
        this.ledger = ledger;
        this.analyst = new Analyst(sandbox);
        this.workshop = new Workshop(model, analyst, options, ledger);
    }

    CodeReport run(CodeRequest request) {
        Task task = new TaskReader(sandbox, analyst).read(request);
        notes.addAll(task.notes());
        ledger.step(State.READ, 0, told(task));
        Trial trial = new Trial(sandbox, task, options.testTime());
        candidates.add(first(task, trial));
        while (goesOn(task)) {
            List<Candidate> made = sideBySide(task, trial, round(task));
            candidates.addAll(made);
            if (made.isEmpty()) {
                break;
            }
        }
        Chooser.Choice choice =
                new Chooser(model, sandbox, analyst, options, ledger).choose(task, List.copyOf(candidates));
        notes.addAll(choice.notes());
        return report(task, choice);
    }

    private static String told(Task task) {
        return (task.entryPoint().isEmpty() ? "no name is told" : "wants " + task.entryPoint()) + "; "
                + (task.tests().isEmpty() ? "no tests" : "tests of the caller") + ", "
                + task.examples().size() + " examples";
    }

    private Candidate first(Task task, Trial trial) {
        try {
            return workshop.make(task, trial, new Workshop.Order(ledger.nextAttempt(), Kind.FIRST, Optional.empty()));
        } catch (QuipuException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CodeException(
                    CodeError.MODEL, "The model " + model.name() + " failed at its first draft: " + e + ".", e);
        }
    }

    /** Whether another round is worth it and paid for. */
    private boolean goesOn(Task task) {
        if (options.strategy() == Strategy.SINGLE) {
            return false;
        }
        long good = candidates.stream().filter(Candidate::good).count();
        if (good >= wanted(task)) {
            return false;
        }
        String spent = ledger.attemptsLeft() == 0
                ? "attempts"
                : ledger.tokensLeft() == 0 ? "tokens" : ledger.timeIsUp() ? "time" : "";
        if (!spent.isEmpty()) {
            notes.add("The budget of " + spent + " was spent.");
            return false;
        }
        return true;
    }

    /** Drafts that can be compared are worth more than one; those that tests judge need no vote. */
    private int wanted(Task task) {
        if (options.selection() == Selection.FIRST || task.entryPoint().isEmpty()) {
            return 1;
        }
        return task.testable() ? options.enough() : options.voters();
    }

    private List<Workshop.Order> round(Task task) {
        int size = Math.min(options.parallel(), ledger.attemptsLeft());
        // Once some are good, only what is missing is asked for.
        long good = candidates.stream().filter(Candidate::good).count();
        if (good > 0) {
            size = (int) Math.min(size, Math.max(1, wanted(task) - good));
        }
        Optional<Candidate> broken = good > 0 ? Optional.empty() : repairable();
        List<Workshop.Order> orders = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            boolean repair = broken.isPresent()
                    && (options.strategy() == Strategy.REPAIR || (options.strategy() == Strategy.MIXED && i % 2 == 1));
            orders.add(new Workshop.Order(
                    ledger.nextAttempt(), repair ? Kind.REPAIR : Kind.RESAMPLE, repair ? broken : Optional.empty()));
        }
        return orders;
    }

    /** The best failing draft whose line of repairs is not used up. */
    private Optional<Candidate> repairable() {
        return candidates.stream()
                .filter(c -> !c.good() && !c.attempt().code().isEmpty() && depth(c) < options.repairs())
                .max(Comparator.comparingDouble(Candidate::merit));
    }

    private int depth(Candidate candidate) {
        int depth = 0;
        Candidate at = candidate;
        while (at.attempt().repairOf().isPresent()) {
            int base = at.attempt().repairOf().getAsInt();
            at = candidates.stream()
                    .filter(c -> c.attempt().number() == base)
                    .findFirst()
                    .orElseThrow();
            depth++;
        }
        return depth;
    }

    /** Drafts that the model fails to make are left out; the loop has others. */
    private List<Candidate> sideBySide(Task task, Trial trial, List<Workshop.Order> orders) {
        List<Candidate> made = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Candidate>> running = orders.stream()
                    .map(order -> threads.submit(() -> workshop.make(task, trial, order)))
                    .toList();
            for (Future<Candidate> one : running) {
                try {
                    made.add(one.get());
                } catch (ExecutionException e) {
                    notes.add("A draft was left out: " + e.getCause());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CodeException(CodeError.MODEL, "The caller was interrupted while drafts were made.", e);
        }
        return made;
    }

    private CodeReport report(Task task, Chooser.Choice choice) {
        Candidate best = choice.candidate();
        CodeReport.Status status = switch (best.attempt().stage()) {
            case NO_CODE, SYNTAX_ERROR -> CodeReport.Status.NO_CODE;
            case INCOMPLETE, FAILING -> CodeReport.Status.FAILING;
            case UNTESTED -> CodeReport.Status.UNTESTED;
            case PASSING ->
                task.tests().isEmpty()
                        ? CodeReport.Status.EXAMPLES_PASSED
                        : best.verdict().map(Verdict::verified).orElse(false)
                                ? CodeReport.Status.VERIFIED
                                : CodeReport.Status.TESTS_PASSED;
        };
        boolean any = status != CodeReport.Status.NO_CODE;
        ledger.step(State.DONE, any ? best.attempt().number() : 0, status.name());
        return new CodeReport(
                status,
                task.entryPoint(),
                any ? best.attempt().code() : "",
                best.verdict(),
                best.tests(),
                choice.suspect(),
                candidates.stream().map(Candidate::attempt).toList(),
                any ? best.attempt().number() : 0,
                choice.agreement(),
                notes,
                ledger.trace(),
                ledger.promptTokens(),
                ledger.outputTokens(),
                ledger.seconds());
    }
}
