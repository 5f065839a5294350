package dev.quipu.llama.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Schemas at random, judged by another validator. */
class SchemaGrammarTest {
    private static final int SCHEMAS = 1_000;

    @Test
    void whatAGrammarWritesSatisfiesItsSchema() {
        for (int seed = 0; seed < SCHEMAS; seed++) {
            RandomSchema.Case drawn = new RandomSchema(seed).next();
            Judge judge = new Judge(drawn.schema());
            Sentences sentences =
                    new Sentences(Grammar.jsonSchema(drawn.schema().toString()), new Random(seed));

            for (int i = 0; i < 12; i++) {
                judge.accepts(sentences.next());
            }
        }
    }

    @Test
    void whatSatisfiesASchemaIsInItsGrammar() throws JsonProcessingException {
        for (int seed = 0; seed < SCHEMAS; seed++) {
            RandomSchema.Case drawn = new RandomSchema(seed).next();
            Judge judge = new Judge(drawn.schema());
            Grammar grammar = Grammar.jsonSchema(drawn.schema().toString());

            for (int i = 0; i < 4; i++) {
                String compact = Judge.JSON.writeValueAsString(drawn.values().get());
                String pretty = Judge.JSON
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(Judge.JSON.readTree(compact))
                        .replace("\" : ", "\": ");

                judge.accepts(compact);
                assertThat(grammar.accepts(compact))
                        .as("%s under %s", compact, drawn.schema())
                        .isTrue();
                assertThat(grammar.accepts(pretty))
                        .as("%s under %s", pretty, drawn.schema())
                        .isTrue();
            }
        }
    }

    @Test
    void whatAGrammarWritesItAccepts() {
        for (int seed = 0; seed < 300; seed++) {
            Grammar grammar =
                    Grammar.jsonSchema(new RandomSchema(seed).next().schema().toString());
            Sentences sentences = new Sentences(grammar, new Random(seed));

            for (int i = 0; i < 4; i++) {
                String sentence = sentences.next();

                assertThat(grammar.accepts(sentence)).as(sentence).isTrue();
                assertThat(grammar.accepts(sentence + "}")).as(sentence).isFalse();
            }
        }
    }
}
