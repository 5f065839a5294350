package dev.quipu.llama.grammar;

import java.util.Map;

/** The formats of strings, as expressions. */
final class Formats {
    private static final String LEAP_YEAR =
            "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";
    private static final String DATE = "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
            + "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|" + LEAP_YEAR + "-02-29)";
    private static final String TIME =
            "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?" + "(?:Z|[+-](?:0[0-9]|1[0-7]):[0-5][0-9])";
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String IPV4 = BYTE + "(?:\\." + BYTE + "){3}";
    private static final String GROUP = "[0-9a-fA-F]{1,4}";
    private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,20}[a-zA-Z0-9])?";
    private static final String HOST = LABEL + "(?:\\." + LABEL + "){0,5}";
    private static final String DOMAIN = LABEL + "(?:\\." + LABEL + "){0,3}\\.[a-zA-Z]{2,12}";
    private static final String PATH_CHAR = "(?:[a-zA-Z0-9._~!$&'()*+,;=:@-]|%[0-9a-fA-F]{2})";
    private static final String AFTER_HOST =
            "(?:/" + PATH_CHAR + "*)*(?:\\?(?:" + PATH_CHAR + "|[/?])*)?(?:#(?:" + PATH_CHAR + "|[/?])*)?";
    private static final String URI = "[a-z][a-z0-9+.-]{0,15}://" + HOST + "(?::[1-9][0-9]{0,3})?" + AFTER_HOST;

    private static final Map<String, String> PATTERNS = Map.ofEntries(
            Map.entry("date", DATE),
            Map.entry("time", TIME),
            Map.entry("date-time", DATE + "T" + TIME),
            Map.entry(
                    "duration",
                    "P(?:[0-9]{1,4}W|(?:[0-9]{1,4}Y(?:[0-9]{1,4}M(?:[0-9]{1,4}D)?)?|[0-9]{1,4}M(?:[0-9]{1,4}D)?|[0-9]{1,4}D)"
                            + "(?:T(?:[0-9]{1,4}H(?:[0-9]{1,4}M(?:[0-9]{1,4}S)?)?|[0-9]{1,4}M(?:[0-9]{1,4}S)?|[0-9]{1,4}S))?"
                            + "|T(?:[0-9]{1,4}H(?:[0-9]{1,4}M(?:[0-9]{1,4}S)?)?|[0-9]{1,4}M(?:[0-9]{1,4}S)?|[0-9]{1,4}S))"),
            Map.entry("uuid", "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
            Map.entry("email", "[a-zA-Z0-9](?:[a-zA-Z0-9_+-]{0,23})(?:\\.[a-zA-Z0-9_+-]{1,24}){0,3}@" + DOMAIN),
            Map.entry("hostname", HOST),
            Map.entry("ipv4", IPV4),
            Map.entry(
                    "ipv6",
                    "(?:" + GROUP + "(?::" + GROUP + "){7}|" + GROUP + "(?::" + GROUP + "){0,2}::" + GROUP + "(?::"
                            + GROUP + "){0,3}|::(?:" + GROUP + "(?::" + GROUP + "){0,5})?|" + GROUP + "(?::" + GROUP
                            + "){0,5}::)"),
            Map.entry("uri", URI),
            Map.entry("uri-reference", "(?:" + URI + "|(?:/" + PATH_CHAR + "+)+(?:\\?" + PATH_CHAR + "*)?)"),
            Map.entry("json-pointer", "(?:/[a-zA-Z0-9_.-]*)*"));

    private Formats() {}

    static String pattern(String format, String pointer) {
        String pattern = PATTERNS.get(format);
        if (pattern == null) {
            throw GrammarException.at(
                    GrammarError.UNSUPPORTED,
                    pointer,
                    "the format '" + format + "' is not one of "
                            + PATTERNS.keySet().stream().sorted().toList());
        }
        return pattern;
    }
}
