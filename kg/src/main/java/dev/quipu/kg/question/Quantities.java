package dev.quipu.kg.question;

import dev.quipu.Mention;
import dev.quipu.Mention.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds price bounds in English and Chinese questions: "under $100", "between 20 and 30", "低于100元". */
final class Quantities {
    static final String MAXIMUM = "max-price";
    static final String MINIMUM = "min-price";

    private static final String AMOUNT =
            "(?:us)?[$€£¥￥]?\\s?(\\d[\\d,]*(?:\\.\\d+)?)\\s?(?:dollars?|usd|bucks|euros?|eur|yuan|rmb|美元|美金|元|块钱|块)?";
    private static final Pattern RANGE = pattern(
            "(?:between|from)\\s+" + AMOUNT + "\\s*(?:and|to|-)\\s*" + AMOUNT,
            AMOUNT + "\\s*(?:到|至|-|~)\\s*" + AMOUNT + "(?:之间)?");
    private static final Pattern BELOW = pattern(
            "(?:under|below|less\\s+than|cheaper\\s+than|at\\s+most|up\\s+to|no\\s+more\\s+than|not\\s+more\\s+than|"
                    + "max(?:imum)?(?:\\s+of)?|within|(?:budget|limit|maximum)\\s+(?:of|is)|lower\\s+than)\\s+"
                    + AMOUNT,
            "(?:低于|少于|不超过|不到|小于|最多|便宜过|不高于)\\s*" + AMOUNT,
            AMOUNT + "\\s*(?:以下|以内|之内|or\\s+(?:less|under|below))");
    private static final Pattern ABOVE = pattern(
            "(?:over|above|more\\s+than|at\\s+least|from|higher\\s+than|greater\\s+than|no\\s+less\\s+than|exceeding|"
                    + "min(?:imum)?(?:\\s+of)?|more\\s+expensive\\s+than)\\s+" + AMOUNT,
            "(?:高于|超过|多于|大于|至少|不低于|不少于|贵过)\\s*" + AMOUNT,
            AMOUNT + "\\s*(?:以上|or\\s+(?:more|over|above))");

    private Quantities() {}

    private static Pattern pattern(String... alternatives) {
        return Pattern.compile(String.join("|", alternatives), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    static List<Mention> find(String text) {
        List<Mention> found = new ArrayList<>();
        Matcher range = RANGE.matcher(text);
        if (range.find()) {
            List<String> amounts = amounts(range);
            found.add(mention(MINIMUM, amounts.get(0), range));
            found.add(mention(MAXIMUM, amounts.get(1), range));
            return found;
        }
        Matcher below = BELOW.matcher(text);
        if (below.find()) {
            found.add(mention(MAXIMUM, amounts(below).getFirst(), below));
        }
        Matcher above = ABOVE.matcher(text);
        // "no more than" and "不超过" hold "more than" and "超过": a bound may not lie inside the other one.
        if (above.find() && found.stream().noneMatch(m -> above.start() < m.end() && m.start() < above.end())) {
            found.add(mention(MINIMUM, amounts(above).getFirst(), above));
        }
        return found;
    }

    private static List<String> amounts(Matcher match) {
        List<String> amounts = new ArrayList<>();
        for (int i = 1; i <= match.groupCount(); i++) {
            if (match.group(i) != null) {
                amounts.add(match.group(i).replace(",", ""));
            }
        }
        return amounts;
    }

    private static Mention mention(String slot, String amount, Matcher match) {
        return new Mention(slot, amount, amount, match.start(), match.end(), 1, Stage.ID);
    }
}
