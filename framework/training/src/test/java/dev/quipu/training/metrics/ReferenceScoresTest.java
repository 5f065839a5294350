package dev.quipu.training.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scores against those of sacrebleu and rouge-score, which samples/benchmarks/metrics/references.py wrote. */
class ReferenceScoresTest {
    /** Four decimals of a share; BLEU and chrF are in percent, so theirs are sharper. */
    private static final double EXACT = 5e-5;

    private static final List<JsonNode> CASES = new ArrayList<>();
    private static final List<JsonNode> CORPORA = new ArrayList<>();
    private static JsonNode stems = new ObjectMapper().createObjectNode();

    @BeforeAll
    static void read() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ReferenceScoresTest.class.getResourceAsStream("references.jsonl")),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode json = new ObjectMapper().readTree(line);
                if (json.has("corpus")) {
                    CORPORA.add(json);
                } else if (json.has("stems")) {
                    stems = json.get("stems");
                } else {
                    CASES.add(json);
                }
            }
        }
    }

    private static String said(JsonNode json) {
        return json.get("said").asText();
    }

    private static List<String> references(JsonNode json) {
        List<String> references = new ArrayList<>();
        json.get("references").forEach(r -> references.add(r.asText()));
        return references;
    }

    private static void agree(Metric metric, String pointer) {
        assertThat(CASES).hasSizeGreaterThanOrEqualTo(200);
        for (JsonNode json : CASES) {
            assertThat(metric.score(said(json), references(json)))
                    .as("%s of %s", pointer, json)
                    .isEqualTo(json.at(pointer).asDouble(), within(EXACT));
        }
    }

    private static void agreeOnCorpora(Metric metric, String pointer) {
        assertThat(CORPORA).hasSize(3);
        for (JsonNode json : CORPORA) {
            List<String> said = new ArrayList<>();
            List<List<String>> references = new ArrayList<>();
            json.get("corpus").forEach(pair -> {
                said.add(said(pair));
                references.add(references(pair));
            });
            assertThat(Scores.of(metric, said, references).score())
                    .as(pointer)
                    .isEqualTo(json.at(pointer).asDouble(), within(EXACT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void scoresBleuAsSacrebleuDoes(BleuTokens tokens) {
        agree(Bleu.corpus(tokens), "/bleu/" + tokens);
        agree(new Bleu(tokens, true), "/sentence_bleu/" + tokens);
        agreeOnCorpora(Bleu.corpus(tokens), "/bleu/" + tokens);
    }

    @Test
    void scoresChrfAsSacrebleuDoes() {
        agree(Chrf.CHARACTERS, "/chrf");
        agree(Chrf.PLUS_PLUS, "/chrf++");
        agreeOnCorpora(Chrf.CHARACTERS, "/chrf");
        agreeOnCorpora(Chrf.PLUS_PLUS, "/chrf++");
    }

    @ParameterizedTest
    @EnumSource
    void scoresRougeAsRougeScoreDoes(RougeTokens tokens) {
        for (Rouge.Kind kind : Rouge.Kind.values()) {
            String name = kind == Rouge.Kind.ROUGEL ? "rougeL" : kind.name().toLowerCase(Locale.ROOT);
            for (JsonNode json : CASES) {
                JsonNode wanted = json.path("rouge").path(tokens.name()).path(name);

                Rouge.Value value = new Rouge(kind, tokens).best(said(json), references(json));

                assertThat(value.precision())
                        .as("%s %s", name, json)
                        .isEqualTo(wanted.path(0).asDouble(), within(EXACT));
                assertThat(value.recall())
                        .as("%s %s", name, json)
                        .isEqualTo(wanted.path(1).asDouble(), within(EXACT));
                assertThat(value.f())
                        .as("%s %s", name, json)
                        .isEqualTo(wanted.path(2).asDouble(), within(EXACT));
            }
        }
    }

    @Test
    void scoresShortAnswersByTheRulesOfSquad() {
        agree(Squad.EXACT, "/squad/exact");
        agree(Squad.F1, "/squad/f1");
    }

    @Test
    void stemsAsRougeScoreDoes() {
        assertThat(stems.size()).isGreaterThan(1000);
        stems.properties()
                .forEach(e -> assertThat(PorterStemmer.stem(e.getKey()))
                        .as(e.getKey())
                        .isEqualTo(e.getValue().asText()));
    }
}
