package dev.quipu.kg.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quipu.Identity;
import dev.quipu.Intent;
import dev.quipu.Language;
import dev.quipu.Mention;
import dev.quipu.Question;
import dev.quipu.kg.cypher.Exposure;
import dev.quipu.kg.question.IntentDefinition.QueryCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeyondIntentTest {
    @TempDir
    Path folder;

    private BeyondIntent beyond;

    @BeforeEach
    void prepare() throws IOException {
        beyond = new BeyondIntent(Exposure.read(Files.writeString(folder.resolve("cypher.yaml"), """
                owner: Customer
                labels:
                  Customer: {about: who asks, properties: [name]}
                  Product: {about: an article, properties: [name]}
                  Category: {about: a group, properties: [name]}
                public: [Product, Category]
                slots: {product: Product.id}
                cues: [average, at least, 平均]
                names: {zh: {Category: 类别}}
                """)));
    }

    private boolean goes(String text, List<QueryCase> queries, String... examples) {
        Question question = Question.of("c", new Identity.Customer("shop", "c1"), text);
        List<Mention> mentions = Quantities.find(text);
        IntentDefinition intent = new IntentDefinition(
                "list",
                "",
                false,
                "product",
                "",
                "",
                false,
                queries,
                Optional.empty(),
                new AnswerTemplate(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "", Map.of()),
                Map.of(Language.ENGLISH, List.of(examples), Language.CHINESE, List.of(examples)));
        return beyond.goes(question, new Intent("list", "", 1, mentions, List.of()), intent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is the average weight of your products?",
                "商品平均多重？",
                "Which products weigh more than 3 kg?",
                "哪些商品超过 3 公斤？",
                "Which products came out in March?",
                "Which products are there since 2024?",
                "2024年有哪些商品？",
                "Which products that I have bought are heavy?",
                "我买过的哪些商品很重？",
                "Which categories have heavy products?",
                "哪个类别有很重的商品？",
            })
    void findsWhatATemplateWouldLeaveOut(String question) {
        List<QueryCase> all = List.of(new QueryCase(List.of(), List.of(), "RETURN 1"));

        assertThat(goes(question, all, "which products do you have")).isTrue();
    }

    @Test
    void staysWithATemplateThatIsMadeForIt() {
        List<QueryCase> bounded = List.of(new QueryCase(List.of(Quantities.MINIMUM), List.of(), "RETURN 1"));

        assertThat(goes("Which products cost more than 3 euros?", bounded, "which products"))
                .isFalse();
        assertThat(goes("How heavy is your average product?", bounded, "the average weight"))
                .isFalse();
        assertThat(goes("Which products came out in June?", bounded, "products of May and june"))
                .isFalse();
        assertThat(goes("Which category is it in?", bounded, "tell me the categories"))
                .isFalse();
        assertThat(goes("Is there at least one product?", bounded, "is there any"))
                .isFalse();
        assertThat(goes("Is the puzzle with pieces 2000 in stock?", bounded, "is it in stock"))
                .isFalse();
    }
}
