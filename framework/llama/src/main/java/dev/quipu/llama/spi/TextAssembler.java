package dev.quipu.llama.spi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Makes text of the bytes of tokens: holds back the beginning of a character whose rest is still to come, and text that
 * may turn out to be the beginning of a stop text.
 */
public final class TextAssembler {
    private final List<String> stops;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    public TextAssembler(List<String> stops) {
        this.stops = stops;
    }

    /** Takes the bytes of a token and returns the text that is certain now. */
    public String add(byte[] piece) {
        bytes.writeBytes(piece);
        byte[] all = bytes.toByteArray();
        int whole = wholeCharacters(all);
        bytes.reset();
        bytes.write(all, whole, all.length - whole);
        held.append(new String(all, 0, whole, StandardCharsets.UTF_8));
        return release();
    }

    /** Whether a stop text came; nothing of it was or will be returned. */
    public boolean stopped() {
        return stopped;
    }

    /** The rest, at the end of the generation; bytes that never became a character count as one replacement. */
    public String rest() {
        held.append(bytes.toString(StandardCharsets.UTF_8));
        bytes.reset();
        String rest = stopped ? "" : held.toString();
        held.setLength(0);
        return rest;
    }

    private String release() {
        for (String stop : stops) {
            int at = held.indexOf(stop);
            if (at >= 0) {
                stopped = true;
                String before = held.substring(0, at);
                held.setLength(0);
                return before;
            }
        }
        int keep = 0;
        for (String stop : stops) {
            keep = Math.max(keep, overlap(stop));
        }
        String certain = held.substring(0, held.length() - keep);
        held.delete(0, certain.length());
        return certain;
    }

    /** How many characters at the end may be the beginning of a stop text. */
    private int overlap(String stop) {
        for (int n = Math.min(stop.length() - 1, held.length()); n > 0; n--) {
            if (held.substring(held.length() - n).equals(stop.substring(0, n))) {
                return n;
            }
        }
        return 0;
    }

    /** How many bytes from the start are whole UTF-8 characters (or can never become one). */
    static int wholeCharacters(byte[] bytes) {
        for (int back = 1; back <= Math.min(3, bytes.length); back++) {
            int b = bytes[bytes.length - back] & 0xff;
            if (b >= 0xc0) {
                int needed = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
                return back < needed ? bytes.length - back : bytes.length;
            }
            if (b < 0x80) {
                return bytes.length;
            }
        }
        return bytes.length;
    }
}
