package dev.quipu.kg.text;

import java.util.ArrayList;
import java.util.List;

/** Cuts documents into passages at paragraphs, and paragraphs that are too long at sentences. */
final class PassageSplitter {
    private static final int LONGEST = 1_500;

    private PassageSplitter() {}

    static List<Passage> split(Document document) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        if (document.text().length() <= LONGEST) {
            parts.add(document.text().strip());
        } else {
            for (String paragraph : document.text().split("\\n\\s*\\n")) {
                List<String> pieces =
                        paragraph.length() <= LONGEST ? List.of(paragraph.strip()) : Sentences.of(paragraph);
                for (String piece : pieces) {
                    if (!part.isEmpty() && part.length() + piece.length() > LONGEST) {
                        parts.add(part.toString());
                        part.setLength(0);
                    }
                    part.append(part.isEmpty() ? "" : pieces.size() == 1 ? "\n\n" : " ")
                            .append(piece);
                }
            }
            parts.add(part.toString());
        }
        List<Passage> passages = new ArrayList<>();
        for (String text : parts) {
            int position = passages.size();
            passages.add(new Passage(
                    document.source() + "#" + position,
                    document.source(),
                    position,
                    document.title(),
                    text,
                    document.aliases(),
                    document.tenant(),
                    document.validity()));
        }
        return passages;
    }
}
