package dev.quipu.llama.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quipu.llama.FinishReason;
import dev.quipu.llama.Generation;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.GenerationResult;
import dev.quipu.llama.grammar.GrammarException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Output that is bound. */
interface GrammarContract extends EngineFixture {
    @Test
    default void outputFollowsItsGrammar() throws InterruptedException {
        GenerationResult result =
                run(GenerationRequest.of("My telephone number is ").withGrammar("root ::= [0-9]{3} \"-\" [0-9]{4}"));

        assertThat(result.text()).matches("[0-9]{3}-[0-9]{4}");
        assertThat(result.finish()).isEqualTo(FinishReason.END);
    }

    @Test
    default void outputIsOneOfTheChoices() throws InterruptedException {
        List<String> choices = List.of("do \"nothing\"", "退货", "a\\b\n");

        GenerationResult result = run(GenerationRequest.of("I would").withChoices(choices));

        assertThat(choices).contains(result.text());
    }

    @Test
    default void neverSplitsACharacter() throws InterruptedException {
        GenerationRequest request = GenerationRequest.of("😀 你好").withGrammar("root ::= (\"龘\" | \"🦜\" | \"ß\"){12}");
        List<String> pieces = new ArrayList<>();

        try (Generation generation = engine().generate(request)) {
            Optional<String> piece = generation.next();
            while (piece.isPresent()) {
                pieces.add(piece.get());
                piece = generation.next();
            }
        }

        assertThat(pieces).allMatch(p -> p.matches("(龘|🦜|ß)+"));
        assertThat(String.join("", pieces)).matches("(龘|🦜|ß){12}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "root ::= \"never closed",
                "root ::= missing",
                "root ::= root \"a\"",
                "root ::= [a]* x\nx ::= \"\" root",
                "root ::= ([0-9]*)*",
                "start ::= \"no root\"",
                "root ::= [0-9]{3,2}",
                "root ::= (",
                "root ::= [0-9]{9999999}",
                "root ::= ((\"a\"{1000}){1000}){1000}",
                "root ::= \"a\" [^\\x00-\\U0010FFFF]",
                "root ::= \"a\" root",
                "not a grammar"
            })
    default void generatesNothingWithoutItsGrammar(String grammar) throws InterruptedException {
        long before = engine().counters().outputTokens();

        assertThatExceptionOfType(GrammarException.class)
                .isThrownBy(() -> run(GenerationRequest.of("Hello").withGrammar(grammar)));

        assertThat(engine().counters().outputTokens()).isEqualTo(before);
        assertThat(text(GenerationRequest.of("Hello").withMaxTokens(2))).isNotEmpty();
    }
}
