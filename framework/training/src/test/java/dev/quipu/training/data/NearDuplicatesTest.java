package dev.quipu.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearDuplicatesTest {
    @TempDir
    private Path folder;

    private Duplicates find(Deduplication rules, List<String> texts) {
        try (NearDuplicates search = new NearDuplicates(folder.resolve("prints"), rules)) {
            texts.forEach(text -> search.add(text, "", 0));
            return search.find(texts::get);
        }
    }

    @Test
    void findsNearlyAllPairsOfASimilarityOf85Percent() {
        Sentences sentences = new Sentences(1);
        List<String> texts = new ArrayList<>();
        IntStream.range(0, 400).forEach(i -> texts.addAll(sentences.pair(1400, 0.85)));

        Duplicates found = find(Deduplication.STANDARD, texts);

        long pairs = IntStream.range(0, 400)
                .filter(i -> found.original(2 * i + 1) == 2 * i)
                .count();
        assertThat(pairs).isGreaterThanOrEqualTo(388);
    }

    @Test
    void mergesNoneOfTwoMillionUnrelatedPairs() {
        Sentences sentences = new Sentences(2);
        List<String> texts =
                IntStream.range(0, 2001).mapToObj(i -> sentences.text(1400)).toList();

        Duplicates found = find(Deduplication.STANDARD, texts);

        assertThat(IntStream.range(0, texts.size())).noneMatch(found::isCopy);
        assertThat(IntStream.range(0, texts.size())).allMatch(id -> found.family(id) == id);
    }

    @Test
    void keepsTheFirstOfTextsThatDifferInCaseAndSpaceAlone() {
        Duplicates found = find(
                Deduplication.EXACT, List.of("Where is my order?", "where  is\nmy order? ", "Where is my parcel?"));

        assertThat(found.isCopy(0)).isFalse();
        assertThat(found.original(1)).isZero();
        assertThat(found.isEqual(1)).isTrue();
        assertThat(found.isCopy(2)).isFalse();
    }

    @Test
    void takesFullWidthLettersForTheSame() {
        Duplicates found = find(Deduplication.EXACT, List.of("ＡＢＣ１２３ 退货", "abc123 退货"));

        assertThat(found.isEqual(1)).isTrue();
    }

    @Test
    void findsAChineseTextThatWasChangedALittle() {
        String text = "我昨天买的登山包拉链坏了，想问一下能不能退换。订单是上周三下的，已经签收了，包装还在，吊牌也没有拆。"
                + "如果可以换货的话，希望换一个同样颜色的，最好这周能寄到，下周要出门用。麻烦客服帮忙看一下，谢谢。";

        Duplicates found =
                find(Deduplication.STANDARD, List.of(text, text.replace("上周三", "上周五"), "你好，请问这款帐篷防水吗？适合几个人用？"));

        assertThat(found.original(1)).isZero();
        assertThat(found.isEqual(1)).isFalse();
        assertThat(found.isCopy(2)).isFalse();
    }

    @Test
    void leavesTextsThatAreLikeEachOtherButNoCopiesInOneFamily() {
        List<String> pair = new Sentences(3).pair(1400, 0.72);

        Duplicates found = find(Deduplication.STANDARD, pair);

        assertThat(found.isCopy(1)).isFalse();
        assertThat(found.family(1)).isEqualTo(found.family(0));
    }

    @Test
    void estimatesSimilarityByTheSmallSignatures() {
        List<String> pair = new Sentences(4).pair(3000, 0.7);
        try (Fingerprints prints = new Fingerprints(folder.resolve("estimate"))) {
            pair.forEach(text -> prints.add(Canonical.of(text), "", 0));

            double estimate = prints.similarity(0, 1);

            assertThat(estimate).isEqualTo(NearDuplicates.similarity(pair.get(0), pair.get(1)), within(0.15));
            assertThat(prints.similarity(0, 0)).isEqualTo(1);
        }
    }

    @Test
    void comparesManyTextsOfOneFormInATimeThatGrowsWithTheirNumber() {
        String form = "thank you for your message we have received it and will answer within two working days ";
        Sentences sentences = new Sentences(5);
        List<String> texts = IntStream.range(0, 3000)
                .mapToObj(i -> form + sentences.text(60))
                .toList();
        int[] asked = {0};

        try (NearDuplicates search =
                new NearDuplicates(folder.resolve("prints"), Deduplication.STANDARD.withNear(0.95))) {
            texts.forEach(text -> search.add(text, "", 0));
            search.find(id -> {
                asked[0]++;
                return texts.get(id);
            });
        }

        assertThat(asked[0]).isLessThan(3000 * 40);
    }
}
