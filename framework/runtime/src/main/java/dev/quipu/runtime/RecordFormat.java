package dev.quipu.runtime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The form of one record in a segment of the log: {@code <crc32c> <length> <json>\n}, both numbers as eight hex
 * digits, the checksum over the JSON.
 *
 * <p>The length makes a reader independent of the line break, and the line break lets it find the next record behind
 * one whose length is damaged, because JSON never holds a raw line break.
 */
final class RecordFormat {
    /** Bytes before the JSON. */
    static final int HEADER = 18;

    /** No record is longer, whatever a log allows for new ones: a larger length is damage. */
    static final int MAX_JSON = 1 << 28;

    private static final HexFormat HEX = HexFormat.of();

    private RecordFormat() {}

    static int size(byte[] json) {
        return HEADER + json.length + 1;
    }

    static void put(ByteBuffer target, byte[] json) {
        String header = HEX.toHexDigits(checksum(json, 0, json.length)) + " " + HEX.toHexDigits(json.length) + " ";
        target.put(header.getBytes(StandardCharsets.US_ASCII)).put(json).put((byte) '\n');
    }

    /** The length of the JSON behind a header at {@code offset}; -1 when no header is there. */
    static int length(byte[] bytes, int offset) {
        if (bytes[offset + 8] != ' ' || bytes[offset + 17] != ' ') {
            return -1;
        }
        long length = hex(bytes, offset + 9);
        return length < 0 || length > MAX_JSON ? -1 : (int) length;
    }

    /** Whether the checksum in the header at {@code offset} is that of the JSON behind it. */
    static boolean intact(byte[] bytes, int offset, int length) {
        long expected = hex(bytes, offset);
        return expected >= 0 && (int) expected == checksum(bytes, offset + HEADER, length);
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private static long hex(byte[] bytes, int offset) {
        long value = 0;
        for (int i = offset; i < offset + 8; i++) {
            if (!HexFormat.isHexDigit(bytes[i])) {
                return -1;
            }
            value = value << 4 | HexFormat.fromHexDigit(bytes[i]);
        }
        return value;
    }
}
