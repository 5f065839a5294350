package dev.quipu.kg.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassageSplitterTest {
    @Test
    void leavesAShortDocumentWhole() {
        List<Passage> passages = PassageSplitter.split(Document.of("s", "T", "One.\n\nTwo."));

        assertThat(passages).extracting(Passage::text).containsExactly("One.\n\nTwo.");
    }

    @Test
    void cutsALongOneAtParagraphsAndLosesNothing() {
        String text = IntStream.range(0, 20)
                .mapToObj(i -> ("Paragraph " + i + " ").repeat(20).strip())
                .collect(Collectors.joining("\n\n"));

        List<Passage> passages = PassageSplitter.split(Document.of("s", "T", text));

        assertThat(passages).hasSizeGreaterThan(2).allMatch(p -> p.text().length() <= 1_500);
        assertThat(passages.stream().map(Passage::text).collect(Collectors.joining("\n\n")))
                .isEqualTo(text);
    }

    @Test
    void cutsALongParagraphAtSentences() {
        String text = "这是一个很长的句子，说明退货的规则。".repeat(200);

        List<Passage> passages = PassageSplitter.split(Document.of("s", "T", text));

        assertThat(passages).hasSizeGreaterThan(1).allMatch(p -> p.text().endsWith("。"));
        assertThat(passages).extracting(Passage::id).startsWith("s#0", "s#1");
    }
}
