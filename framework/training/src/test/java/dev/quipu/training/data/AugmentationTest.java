package dev.quipu.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentationTest {
    private static final Augmentation SYNONYMS = new SynonymAugmentation(Synonyms.standard(), 1);

    @TempDir
    private Path folder;

    private static String asked(Augmentation augmentation, String question) {
        return augmentation
                .of(new Content.Completion(question, "answer"), new SplittableRandom(1))
                .map(c -> ((Content.Completion) c).prompt())
                .orElse("");
    }

    @Test
    void exchangesWordsButNoPartsOfWords() {
        assertThat(asked(SYNONYMS, "Buy me a broken buyer")).matches("Purchase me a (defective|faulty|damaged) buyer");
        assertThat(asked(SYNONYMS, "发票什么时候寄出？")).isEqualTo("收据何时发货？");
    }

    @Test
    void leavesAnswersAsTheyAre() {
        Content chat = RowJson.pair("Can I buy it?", "You can buy it.");

        assertThat(SYNONYMS.of(chat, new SplittableRandom(1)))
                .contains(RowJson.pair("Can I purchase it?", "You can buy it."));
    }

    @Test
    void addsNothingWhereThereIsNoOtherWord() {
        assertThat(asked(SYNONYMS, "Zelt?")).isEmpty();
        assertThat(SYNONYMS.of(new Content.Document("buy"), new SplittableRandom(1)))
                .isEmpty();
    }

    @Test
    void addsRowsToThoseThatAreLearntFromAlone() throws IOException {
        Path in = Files.writeString(folder.resolve("in.jsonl"), "");
        for (int i = 0; i < 40; i++) {
            Files.writeString(
                    in,
                    "{\"question\":\"Can I buy tent " + i * 7919 + "?\",\"answer\":\"Tent " + i + " is sold.\"}\n",
                    java.nio.file.StandardOpenOption.APPEND);
        }
        Preparation plan = Preparation.to(folder.resolve("d.jsonl"))
                .withDeduplication(Deduplication.EXACT.withoutKin())
                .withShares(new Shares(0, 0.25, 1))
                .withAugmentations(List.of(SYNONYMS));

        PreparationReport report = plan.run(List.of(RowSource.of(in, Fields.STANDARD)), read -> {});

        assertThat(report.kept()).isEqualTo(40);
        assertThat(report.augmented()).isEqualTo(30);
        assertThat(Files.readAllLines(plan.out())).hasSize(60);
        assertThat(Files.readString(plan.file(Part.TEST))).doesNotContain("purchase");
    }

    @Test
    void readsAListOfOnesOwn() throws IOException {
        Path file = Files.writeString(folder.resolve("s.txt"), "# ours\ntent, shelter\n");

        assertThat(asked(new SynonymAugmentation(Synonyms.read(file), 0.5), "A tent"))
                .isEqualTo("A shelter");
        assertThatThrownBy(() -> Synonyms.read(folder.resolve("none"))).hasMessageStartingWith("QP-DATA-001");
    }

    @Test
    void takesWordsOfOneMeaningFromWordNet() {
        Augmentation wordNet = new SynonymAugmentation(Synonyms.wordNet(), 1);

        assertThat(asked(wordNet, "Postpone my trip"))
                .isIn("Prorogue my trip", "Table my trip", "Shelve my trip", "Defer my trip");
        assertThat(asked(wordNet, "I charge the bank")).isEmpty();
    }

    /** Answers by rule; it stands for whatever translates. */
    private record Translator(String abroad, String back) implements ChatModel {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            String asked = ((UserMessage) request.messages().getLast()).singleText();
            return ChatResponse.builder()
                    .aiMessage(AiMessage.from(asked.contains("into Chinese") ? abroad : back))
                    .build();
        }
    }

    @Test
    void takesABackTranslationThatKeptNumbersAndIds() {
        String question = "Where is my order A50002?";

        assertThat(asked(
                        new BackTranslation(new Translator("我的订单A50002在哪里？", "Where has my order A50002 got to?")),
                        question))
                .isEqualTo("Where has my order A50002 got to?");
        assertThat(asked(new BackTranslation(new Translator("我的订单在哪里？", "Where is my order A5002?")), question))
                .isEmpty();
        assertThat(asked(new BackTranslation(new Translator("我的订单A50002在哪里？", "我的订单A50002在哪里？")), question))
                .isEmpty();
    }
}
