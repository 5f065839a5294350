package dev.quipu;

/** A language that Quipu answers in. */
public enum Language {
    ENGLISH("en"),
    CHINESE("zh");

    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    /** The IETF tag: {@code en} or {@code zh}. */
    public String tag() {
        return tag;
    }

    /** The language of a tag such as {@code zh} or {@code zh-CN}; anything that is not Chinese is English. */
    public static Language ofTag(String tag) {
        return tag.startsWith("zh") ? CHINESE : ENGLISH;
    }

    /**
     * The language a text is written in. Product names and ids stay Latin in Chinese questions, so Chinese needs only
     * a few Han characters: one in ten letters, or two in all for a short text.
     */
    public static Language detect(String text) {
        long letters = text.codePoints().filter(Character::isLetter).count();
        long han = text.codePoints()
                .filter(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
                .count();
        boolean chinese = (han >= 2 && han * 10 >= letters) || (han > 0 && han == letters);
        return chinese ? CHINESE : ENGLISH;
    }
}
