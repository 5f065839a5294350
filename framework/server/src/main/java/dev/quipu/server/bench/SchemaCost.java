package dev.quipu.server.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.llama.Engine;
import dev.quipu.llama.FinishReason;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.GenerationResult;
import dev.quipu.llama.grammar.Grammar;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What it costs to bind output to a JSON schema: the time between its tokens, against that of free output of the same
 * length behind the same prompt. Whole outputs are parsed, too.
 */
record SchemaCost(Setup setup) {
    private static final int OUTPUT = 256;
    private static final int PAIRS_A_ROUND = 4;
    private static final String SCHEMA = """
            {"type":"object","additionalProperties":false,"required":["title","lines","total"],"properties":{
              "title":{"type":"string","maxLength":20},
              "lines":{"type":"array","minItems":2,"maxItems":3,"items":{
                "type":"object","additionalProperties":false,"required":["item","count","kind"],"properties":{
                  "item":{"type":"string","maxLength":12},
                  "count":{"type":"integer","minimum":1,"maximum":99},
                  "kind":{"enum":["book","toy","tool"]}}}},
              "total":{"type":"number"}}}""";

    List<Figure> measure() {
        List<Double> free = new ArrayList<>();
        List<Double> bound = new ArrayList<>();
        List<Double> overhead = new ArrayList<>();
        int whole = 0;
        int valid = 0;
        Grammar grammar = Grammar.jsonSchema(SCHEMA);
        try (Engine engine = setup.engine(1, 1024)) {
            EngineTarget target = new EngineTarget(engine);
            Texts texts = new Texts(engine, new SplittableRandom(500));
            EngineTarget.betweenTokens(
                    target.whole(GenerationRequest.of(texts.of(40)).withMaxTokens(OUTPUT)));
            for (int pair = 0; pair < setup.rounds() * PAIRS_A_ROUND; pair++) {
                GenerationRequest request = GenerationRequest.of("Order as JSON: " + texts.of(40) + "\n")
                        .withMaxTokens(OUTPUT);
                free.add(EngineTarget.betweenTokens(target.whole(request)));
                GenerationResult result = target.whole(request.withGrammar(grammar));
                bound.add(EngineTarget.betweenTokens(result));
                overhead.add(bound.getLast() / free.getLast() - 1);
                if (result.finish() == FinishReason.END) {
                    whole++;
                    valid += parses(result.text()) ? 1 : 0;
                }
            }
        }
        return List.of(
                new Figure("engine.schema.free_ms_per_token", "ms", new Runs(free)),
                new Figure("engine.schema.bound_ms_per_token", "ms", new Runs(bound)),
                new Figure("engine.schema.overhead", "", new Runs(overhead)),
                Figure.one("engine.schema.whole", "", whole),
                Figure.one("engine.schema.parsed", "", valid));
    }

    private static boolean parses(String text) {
        try {
            return new ObjectMapper().readTree(text).path("lines").isArray();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
