package dev.quipu.llama.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns plain Java values and JSON into values of a template. Copies, so that a template changes nothing outside. */
final class JavaValues {
    private static final int DEEPEST = 200;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JavaValues() {}

    static Value parseJson(String text) throws JsonProcessingException {
        return of(JSON.readValue(text, Object.class));
    }

    /**
     * Converts strings, numbers, booleans, null, collections and maps.
     *
     * @throws TemplateException for any other type, and where the value nests too deep
     */
    static Value of(@Nullable Object object) {
        return of(object, 1);
    }

    private static Value of(@Nullable Object object, int level) {
        if (level > DEEPEST) {
            throw new TemplateException(
                    TemplateError.TOO_DEEP, "A value for the template nests deeper than " + DEEPEST + " levels.");
        }
        return switch (object) {
            case null -> Value.None.NONE;
            case Value value -> value;
            case CharSequence text -> Value.of(text.toString());
            case Boolean flag -> Value.of(flag.booleanValue());
            case BigInteger number -> Value.of(number);
            case Float number -> new Value.Real(Double.parseDouble(number.toString()));
            case Double number -> new Value.Real(number);
            case BigDecimal number -> new Value.Real(number.doubleValue());
            case Byte number -> Value.of(number.longValue());
            case Short number -> Value.of(number.longValue());
            case Integer number -> Value.of(number.longValue());
            case Long number -> Value.of(number.longValue());
            case Iterable<?> items -> list(items, level);
            case Map<?, ?> entries -> mapping(entries, level);
            default ->
                throw new TemplateException(
                        TemplateError.WRONG_TYPE,
                        "A value of the type " + object.getClass().getName() + " cannot be shown to a template.");
        };
    }

    private static Value list(Iterable<?> items, int level) {
        List<Value> values = new ArrayList<>();
        for (Object item : items) {
            values.add(of(item, level + 1));
        }
        return Value.Sequence.list(values);
    }

    private static Value mapping(Map<?, ?> entries, int level) {
        Map<Value, Value> values = new LinkedHashMap<>();
        entries.forEach((key, value) -> values.put(Value.of(String.valueOf(key)), of(value, level + 1)));
        return new Value.Mapping(values);
    }
}
