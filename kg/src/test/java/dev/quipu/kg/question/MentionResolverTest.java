package dev.quipu.kg.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Mention;
import dev.quipu.Mention.Stage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MentionResolverTest {
    private static final Set<String> TENT = Set.of("color=green", "color=sand", "capacity=2 persons", "size=L");

    private final MentionResolver resolver = new MentionResolver(product -> TENT);

    private static Mention mention(String text, String slot, String id, String words) {
        int start = text.indexOf(words);
        return new Mention(slot, id, words, start, start + words.length(), 1, Stage.GAZETTEER);
    }

    private List<String> resolved(String text, Mention... found) {
        return resolver.resolve(text, List.of(found)).stream().map(Mention::id).toList();
    }

    @Test
    void keepsAColourThatTheProductDoesNotHave() {
        String text = "do you have the tent in yellow";

        assertThat(resolved(
                        text,
                        mention(text, "product", "tent", "tent"),
                        mention(text, "option", "color=yellow", "yellow")))
                .containsExactly("tent", "color=yellow");
    }

    @Test
    void dropsAnOptionOfAnotherKindOfProduct() {
        String text = "is the tent good for road trips";

        assertThat(resolved(
                        text, mention(text, "product", "tent", "tent"), mention(text, "option", "type=road", "road")))
                .containsExactly("tent");
    }

    @Test
    void takesTheLongerValueOfOneOption() {
        String text = "tent in dark green";

        assertThat(resolved(
                        text,
                        mention(text, "product", "tent", "tent"),
                        mention(text, "option", "color=green", "green"),
                        mention(text, "option", "color=dark green", "dark green")))
                .containsExactly("tent", "color=dark green");
    }

    @Test
    void takesASmallLetterOnlyBesideItsName() {
        String text = "l, a tent of size l";
        Mention alone = new Mention("option", "size=L", "l", 0, 1, 1, Stage.GAZETTEER);
        Mention named = new Mention("option", "size=L", "l", 18, 19, 1, Stage.GAZETTEER);

        List<Mention> resolved = resolver.resolve(
                text,
                List.of(
                        mention(text, "product", "tent", "tent"),
                        alone,
                        named,
                        mention(text, "option-name", "size", "size")));

        assertThat(resolved).filteredOn(m -> m.slot().equals("option")).containsExactly(named);
    }
}
