package dev.quipu.codegen;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.sandbox.Bytes;
import dev.quipu.sandbox.Job;
import dev.quipu.sandbox.Limits;
import dev.quipu.sandbox.PythonSandbox;
import dev.quipu.sandbox.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** What code returns for inputs, as texts; {@code !} for an exception or no answer in time. */
final class Behaviour {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCRIPT = Resource.text("behaviour.py");
    private static final double SECONDS_AN_INPUT = 0.5;

    private final PythonSandbox sandbox;
    private final List<String> inputs;
    private final String entryPoint;

    Behaviour(PythonSandbox sandbox, List<String> inputs, String entryPoint) {
        this.sandbox = sandbox;
        this.inputs = inputs;
        this.entryPoint = entryPoint;
    }

    /** A result for each input, or none at all if the code does not load or ends its interpreter. */
    List<String> of(String code) {
        if (inputs.isEmpty() || entryPoint.isEmpty()) {
            return List.of();
        }
        String mark = UUID.randomUUID().toString();
        ObjectNode asked = JSON.createObjectNode()
                .put("code", code)
                .put("entry", entryPoint)
                .put("mark", mark)
                .put("seconds", SECONDS_AN_INPUT)
                .set("inputs", JSON.valueToTree(inputs));
        Verdict verdict = sandbox.run(Job.script(SCRIPT)
                .stdin(Bytes.of(asked.toString()))
                .limits(Limits.DEFAULT.withWall(Duration.ofSeconds(10)))
                .build());
        int at = verdict.stdout().lastIndexOf(mark);
        if (at < 0) {
            return List.of();
        }
        try {
            List<String> results =
                    List.of(JSON.readValue(verdict.stdout().substring(at + mark.length()), String[].class));
            return results.size() == inputs.size() ? results : List.of();
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }
}
