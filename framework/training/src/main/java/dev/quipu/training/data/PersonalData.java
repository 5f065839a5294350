package dev.quipu.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts a mark in place of personal data that has a form: addresses of mail, telephone, card and account numbers, Chinese
 * identity numbers, addresses in networks. Numbers with check digits are checked, so that orders keep theirs. Names and
 * postal addresses have no form and stay; who knows more kinds adds patterns.
 */
public final class PersonalData {
    /** @param digits that a text has to have for it; most have none, and are not looked at further */
    private record Kind(String mark, int digits, Pattern pattern, Predicate<String> check) {}

    private static final String NUMBER = "(?<![\\p{Alnum}.+#-])";
    private static final String END = "(?![\\p{Alnum}-]|\\.\\d)";

    private static final Kind EMAIL = kind(
            "<EMAIL>", 0, "(?<![\\w.+-])[\\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,5}", m -> true);

    /** In this order: the longest numbers first, so that a card is not taken for a telephone. */
    private static final List<Kind> STANDARD = List.of(
            EMAIL,
            kind(
                    "<IBAN>",
                    10,
                    NUMBER + "[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?" + END,
                    CheckDigits::iban),
            kind("<ID>", 17, NUMBER + "\\d{17}[\\dXx]" + END, CheckDigits::chineseIdentity),
            kind("<CARD>", 13, NUMBER + "\\d(?:[ -]?\\d){12,18}" + END, CheckDigits::luhn),
            kind(
                    "<IP>",
                    4,
                    NUMBER + "(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)" + END,
                    m -> true),
            kind(
                    "<PHONE>",
                    7,
                    "(?<![\\p{Alnum}#-])\\+\\d{1,3}[ -]?(?:\\(\\d{1,4}\\)[ -]?)?\\d(?:[ -]?\\d){5,12}" + END,
                    m -> true),
            kind("<PHONE>", 7, NUMBER + "1[3-9]\\d(?:[ -]?\\d{4}){2}" + END, m -> true),
            kind("<PHONE>", 7, NUMBER + "0\\d{2,3}-\\d{7,8}" + END, m -> true),
            kind("<PHONE>", 7, "(?<![\\p{Alnum}#-])(?:\\(\\d{3}\\) ?|\\d{3}[-.])\\d{3}[-.]\\d{4}" + END, m -> true));

    private final List<Kind> kinds;

    private PersonalData(List<Kind> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    public static PersonalData standard() {
        return new PersonalData(STANDARD);
    }

    /** Everything stays. */
    public static PersonalData none() {
        return new PersonalData(List.of());
    }

    /** One more kind, which is looked for first. */
    public PersonalData with(String mark, Pattern pattern) {
        List<Kind> more = new ArrayList<>();
        more.add(new Kind(mark, 0, pattern, m -> true));
        more.addAll(kinds);
        return new PersonalData(more);
    }

    /** The text with marks; each is counted. */
    public String mask(String text, Map<String, Integer> counts) {
        String masked = text;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            digits += Character.isDigit(text.charAt(i)) ? 1 : 0;
        }
        for (Kind kind : kinds) {
            boolean possible = digits >= kind.digits && (!kind.equals(EMAIL) || text.indexOf('@') >= 0);
            masked = possible ? mask(masked, kind, counts) : masked;
        }
        return masked;
    }

    private static String mask(String text, Kind kind, Map<String, Integer> counts) {
        Matcher matcher = kind.pattern.matcher(text);
        StringBuilder masked = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            if (kind.check.test(matcher.group())) {
                masked.append(text, from, matcher.start()).append(kind.mark);
                from = matcher.end();
                counts.merge(kind.mark, 1, Integer::sum);
            }
        }
        return from == 0 ? text : masked.append(text, from, text.length()).toString();
    }

    private static Kind kind(String mark, int digits, String pattern, Predicate<String> check) {
        return new Kind(mark, digits, Pattern.compile(pattern), check);
    }
}
