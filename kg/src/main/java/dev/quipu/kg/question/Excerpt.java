package dev.quipu.kg.question;

import dev.quipu.Fact;
import dev.quipu.Language;
import dev.quipu.Mention;
import dev.quipu.Question;
import dev.quipu.Source;
import dev.quipu.kg.text.FoundPassage;
import dev.quipu.kg.text.Passage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a passage is worth quoting for a question: its best sentence and those behind it that still fit. A search always
 * has a best passage, so this also tells whether it has anything to do with the question: every number, id, name and thing
 * that was linked in the question has to stand in it, and most of its other words in it and near the quoted place.
 *
 * @param things what was linked, as the question says it
 */
record Excerpt(String question, List<String> things, AskedWords asked, Language language) {
    private static final double HELD_BY_PASSAGE = 0.7;
    private static final double HELD_BY_SENTENCES = 0.5;
    private static final int LONGEST = 240;

    static Excerpt about(Question question, List<Mention> mentions) {
        String text = question.text();
        List<String> things = mentions.stream()
                .filter(m -> m.how() == Mention.Stage.ID || m.how() == Mention.Stage.GAZETTEER)
                .filter(m -> m.start() < m.end() && m.end() <= text.length())
                .map(m -> text.substring(m.start(), m.end()))
                .toList();
        return new Excerpt(text, things, AskedWords.of(text), question.language());
    }

    /** The fact that an answer quotes; empty when the passage is beside the question. */
    Optional<Fact> of(String id, FoundPassage found) {
        Passage passage = found.passage();
        Fact whole = fact(id, passage, passage.title() + "\n" + passage.text());
        boolean named =
                ClaimChecker.check(question, "", List.of(whole), List.of()).holds()
                        && things.stream().allMatch(t -> AskedWords.all(t).share(whole.text()) == 1);
        if (!named || asked.share(whole.text()) < HELD_BY_PASSAGE) {
            return Optional.empty();
        }
        String best = best(passage);
        return asked.share(passage.title() + "\n" + best) < HELD_BY_SENTENCES
                ? Optional.empty()
                : Optional.of(fact(id, passage, best));
    }

    private static Fact fact(String id, Passage passage, String text) {
        return new Fact(
                id,
                PassagePath.TYPE,
                text,
                Map.of("title", passage.title()),
                List.of(new Source(passage.source(), passage.position() + 1L)));
    }

    private String best(Passage passage) {
        List<String> sentences = Sentences.of(passage.text(), language);
        String best = "";
        double held = -1;
        for (int i = 0; i < sentences.size(); i++) {
            String run = run(sentences.subList(i, sentences.size()));
            // The first sentence counts once more: the answer should begin where the question's words stand.
            double share = asked.share(sentences.get(i)) + asked.share(run);
            if (share > held) {
                held = share;
                best = run;
            }
        }
        return best;
    }

    private String run(List<String> sentences) {
        StringBuilder run = new StringBuilder(sentences.getFirst());
        for (String next : sentences.subList(1, sentences.size())) {
            if (run.length() + next.length() >= LONGEST) {
                break;
            }
            run.append(language == Language.CHINESE ? "" : " ").append(next);
        }
        return run.toString();
    }
}
