package dev.quipu.kg;

import dev.quipu.Mention;
import dev.quipu.kg.Gazetteer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The words of a text that belong to no mention and may name something, in runs of neighbours. Their number is bounded,
 * whatever the length of the text.
 */
record FreeText(String text, List<List<Token>> runs) {
    private static final int WORDS = 24;
    private static final int LONGEST_TEXT = 2_000;
    /** Words between names; what they leave over is what the indexes are asked about. */
    private static final Set<String> FUNCTION_WORDS =
            Set.copyOf(List.of("""
            a an the is are was were be been am do doe did doing please of to in on at for and or it that thi these
            those your you with by me u we just could would should can may will hi hello hey there so then also how
            what which who when where why i im my mine our any some no not yes from as if have ha had ha has get got
            much many more most than about tell show give want need like know find help look order buy cost price sell
            的 是 吗 呢 了 我 你 您 请 问 有 没 多 少 怎 么 什 哪 个 这 那 能 可 以 要 想 和 在 给 钱 价 格 买 卖 款 件 们 被 把
            """.strip().split("\\s+")));

    static FreeText of(String text, List<Mention> found) {
        String head = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        List<List<Token>> runs = new ArrayList<>();
        List<Token> run = new ArrayList<>();
        int words = 0;
        for (Token token : Gazetteer.tokens(head)) {
            boolean taken = found.stream().anyMatch(m -> m.start() < token.end() && token.start() < m.end());
            boolean gap = !run.isEmpty() && isBreak(head, run.getLast(), token);
            if ((taken || gap || FUNCTION_WORDS.contains(token.word())) && !run.isEmpty()) {
                runs.add(List.copyOf(run));
                run.clear();
            }
            if (!taken && !FUNCTION_WORDS.contains(token.word()) && words++ < WORDS) {
                run.add(token);
            }
        }
        if (!run.isEmpty()) {
            runs.add(List.copyOf(run));
        }
        return new FreeText(head, List.copyOf(runs));
    }

    private static boolean isBreak(String text, Token left, Token right) {
        return text.substring(left.end(), right.start()).codePoints().anyMatch(c -> ",;:.!?，；：。！？、\n".indexOf(c) >= 0);
    }

    /** All words, in order. */
    List<Token> words() {
        return runs.stream().flatMap(List::stream).toList();
    }

    /** The text that a run covers. */
    String covered(List<Token> run) {
        return text.substring(run.getFirst().start(), run.getLast().end());
    }
}
