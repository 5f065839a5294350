package dev.quipu.training.internal;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes numbers with their lowest byte first, and values as GGUF has them. */
record LittleEndian(DataOutputStream out) {
    void whole(int value) throws IOException {
        out.writeInt(Integer.reverseBytes(value));
    }

    void wide(long value) throws IOException {
        out.writeLong(Long.reverseBytes(value));
    }

    void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        wide(bytes.length);
        out.write(bytes);
    }

    void value(Object value) throws IOException {
        switch (value) {
            case Integer number -> {
                whole(4);
                whole(number);
            }
            case Float number -> {
                whole(6);
                whole(Float.floatToIntBits(number));
            }
            case Boolean truth -> {
                whole(7);
                out.writeByte(truth ? 1 : 0);
            }
            case String text -> {
                whole(8);
                text(text);
            }
            case Long number -> {
                whole(11);
                wide(number);
            }
            case int[] numbers -> {
                array(5, numbers.length);
                for (int number : numbers) {
                    whole(number);
                }
            }
            case float[] numbers -> {
                array(6, numbers.length);
                for (float number : numbers) {
                    whole(Float.floatToIntBits(number));
                }
            }
            case List<?> texts -> {
                array(8, texts.size());
                for (Object text : texts) {
                    text((String) text);
                }
            }
            default -> throw new IllegalArgumentException("no value of GGUF: " + value);
        }
    }

    private void array(int type, int count) throws IOException {
        whole(9);
        whole(type);
        wide(count);
    }
}
