package dev.quipu.llama.grammar;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the text of a JSON schema within bounds. */
final class SchemaReader {
    private static final int LONGEST = 1 << 20;
    private static final int DEEPEST = 200;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SchemaReader() {}

    static Grammar read(String schema) {
        if (schema.length() > LONGEST) {
            throw new GrammarException(
                    GrammarError.TOO_LARGE,
                    "The schema has " + schema.length() + " characters, at most " + LONGEST + " are read.");
        }
        return compile(tree(schema));
    }

    private static JsonNode tree(String schema) {
        try {
            return JSON.readTree(schema);
        } catch (com.fasterxml.jackson.core.exc.StreamConstraintsException e) {
            throw new GrammarException(
                    GrammarError.TOO_LARGE, "The schema cannot be read: " + e.getOriginalMessage() + ". Simplify it.");
        } catch (JsonProcessingException e) {
            throw new GrammarException(
                    GrammarError.SYNTAX,
                    "The schema is no JSON (line " + e.getLocation().getLineNr() + "): " + e.getOriginalMessage()
                            + ". Correct it.");
        }
    }

    private static Grammar compile(JsonNode schema) {
        RuleBook book = new RuleBook();
        Part root = new SchemaCompiler(schema, book).value(schema, "");
        Map<String, Part> rules = new LinkedHashMap<>();
        rules.put("root", root);
        rules.putAll(book.rules());
        new Shape(rules).hopeless().ifPresent(name -> {
            throw GrammarException.at(
                    GrammarError.UNSATISFIABLE, "", "what it requires at '" + name + "' contains itself without end");
        });
        return Grammar.gbnf(GbnfWriter.write(rules));
    }
}
