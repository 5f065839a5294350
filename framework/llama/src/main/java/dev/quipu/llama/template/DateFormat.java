package dev.quipu.llama.template;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The format of C's {@code strftime} in English, as far as templates can use it. */
final class DateFormat {
    private DateFormat() {}

    /** The time of a clock in its own zone. */
    static String of(Clock clock, String pattern) {
        return ZonedDateTime.now(clock).format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
    }

    static String now(Execution run, String format) {
        ZonedDateTime now = ZonedDateTime.now(run.clock());
        Output output = new Output(run);
        for (int i = 0; i < format.length(); i++) {
            char character = format.charAt(i);
            if (character != '%') {
                output.append(String.valueOf(character));
                continue;
            }
            boolean unpadded = format.startsWith("-", i + 1);
            i += unpadded ? 2 : 1;
            char field = i < format.length() ? format.charAt(i) : '\0';
            String text = field == '%' ? "%" : now.format(formatter(run, field));
            output.append(unpadded ? text.replaceFirst("^[0 ]+(?=.)", "") : text);
        }
        return output.toString();
    }

    private static DateTimeFormatter formatter(Execution run, char field) {
        String pattern = switch (field) {
            case 'Y' -> "uuuu";
            case 'y' -> "uu";
            case 'm' -> "MM";
            case 'd' -> "dd";
            case 'e' -> "ppd";
            case 'H' -> "HH";
            case 'I' -> "hh";
            case 'M' -> "mm";
            case 'S' -> "ss";
            case 'f' -> "SSSSSS";
            case 'p' -> "a";
            case 'b', 'h' -> "LLL";
            case 'B' -> "LLLL";
            case 'a' -> "EEE";
            case 'A' -> "EEEE";
            case 'j' -> "DDD";
            case 'Z' -> "z";
            case 'z' -> "xx";
            case 'F' -> "uuuu-MM-dd";
            case 'T' -> "HH:mm:ss";
            case 'D' -> "MM/dd/uu";
            case 'R' -> "HH:mm";
            default ->
                throw run.failure(TemplateError.UNSUPPORTED, "The date format '%" + field + "' is not supported");
        };
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }
}
