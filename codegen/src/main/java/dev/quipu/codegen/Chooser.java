package dev.quipu.codegen;

import dev.quipu.codegen.Attempt.Stage;
import dev.quipu.codegen.Step.State;
import dev.quipu.sandbox.PythonSandbox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Chooses among drafts. The given tests come first: only drafts that do best on them are compared, by what they return for
 * further inputs. Tests that the model wrote are one more voter there, so they never overrule a given one.
 */
final class Chooser {
    private static final int LONGEST_TESTS = 400;

    private final CodeModel model;
    private final Prompts prompts;
    private final PythonSandbox sandbox;
    private final Analyst analyst;
    private final CodeOptions options;
    private final Ledger ledger;

    Chooser(CodeModel model, PythonSandbox sandbox, Analyst analyst, CodeOptions options, Ledger ledger) {
        this.model = model;
        this.prompts = new Prompts(Family.of(model.name()));
        this.sandbox = sandbox;
        this.analyst = analyst;
        this.options = options;
        this.ledger = ledger;
    }

    /**
     * The chosen one.
     *
     * @param agreement its share of the votes, if there was a vote
     * @param suspect the tests of the model's own that had a vote
     */
    record Choice(Candidate candidate, Optional<Double> agreement, List<String> suspect, List<String> notes) {}

    Choice choose(Task task, List<Candidate> candidates) {
        OptionalDouble most = candidates.stream().mapToDouble(Candidate::merit).max();
        List<Candidate> best =
                candidates.stream().filter(c -> c.merit() == most.orElse(0)).toList();
        boolean comparable = options.selection() != Selection.FIRST
                && best.size() > 2
                && !task.entryPoint().isEmpty()
                && !task.signature().isClass()
                && best.getFirst().attempt().stage().compareTo(Stage.FAILING) >= 0;
        if (!comparable) {
            Candidate first = best.getFirst();
            ledger.step(State.SELECT, first.attempt().number(), "is the first of " + best.size() + " best drafts");
            return new Choice(first, Optional.empty(), List.of(), List.of());
        }
        return compared(task, best);
    }

    private Choice compared(Task task, List<Candidate> best) {
        List<Example> own = options.selection() == Selection.GENERATED_TESTS ? ownTests(task) : List.of();
        List<String> inputs =
                new ArrayList<>(own.stream().map(Example::arguments).toList());
        List<String> known = new ArrayList<>(inputs);
        task.examples().forEach(e -> known.add(e.arguments()));
        inputs.addAll(analyst.inputs(known, task.signature(), options.inputs()));
        Behaviour behaviour = new Behaviour(sandbox, inputs, task.entryPoint());
        List<List<String>> results = new ArrayList<>();
        best.forEach(c -> results.add(behaviour.of(c.attempt().code())));
        if (!own.isEmpty()) {
            List<String> expected =
                    new ArrayList<>(own.stream().map(Example::expected).toList());
            expected.addAll(Collections.nCopies(inputs.size() - own.size(), "!"));
            results.add(expected);
        }
        double[] votes = Agreement.votes(results);
        int chosen = 0;
        for (int i = 1; i < best.size(); i++) {
            if (votes[i] > votes[chosen] + 1e-9) {
                chosen = i;
            }
        }
        Candidate candidate = best.get(chosen);
        ledger.step(
                State.SELECT,
                candidate.attempt().number(),
                String.format(
                        Locale.ROOT,
                        "has %.0f %% of the votes of %d drafts on %d inputs",
                        100 * votes[chosen],
                        best.size(),
                        inputs.size()));
        return new Choice(
                candidate,
                inputs.isEmpty() ? Optional.empty() : Optional.of(votes[chosen]),
                own.stream()
                        .map(e -> e.call(task.entryPoint()) + " == " + e.expected())
                        .toList(),
                List.of());
    }

    /** Checks that the model writes for itself; those that a function without a body passes are worth nothing. */
    private List<Example> ownTests(Task task) {
        if (ledger.tokensLeft() < LONGEST_TESTS || ledger.timeIsUp()) {
            return List.of();
        }
        Draft reply = model.reply(prompts.tests(task.request(), task.entryPoint()), new Draw(0, 0, LONGEST_TESTS));
        ledger.spend(reply);
        List<Example> written = analyst.assertions(Family.spoken(reply.text()), task.entryPoint()).stream()
                .filter(e -> !e.expected().equals("None"))
                .filter(e ->
                        task.examples().stream().noneMatch(g -> g.arguments().equals(e.arguments())))
                .toList();
        boolean constant = written.stream().map(Example::expected).distinct().count() < 2;
        ledger.step(
                State.SELECT,
                0,
                "the model wrote " + written.size() + " tests of its own"
                        + (constant ? ", which a function with one fixed result would pass: left out" : ""));
        return constant ? List.of() : written;
    }
}
