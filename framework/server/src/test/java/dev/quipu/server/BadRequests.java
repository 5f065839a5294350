package dev.quipu.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Requests that something is wrong with, each made of a sound one by its number alone. */
record BadRequests(long seed) {
    private static final String CHAT = """
            {"model":"smollm2-135m","messages":[{"role":"user","content":"Hi"}],"max_tokens":2,"temperature":0.5,"top_p":0.9,
             "n":1,"seed":3,"stop":["x"],"stream":false,"logprobs":true,"top_logprobs":2,"frequency_penalty":0.1,
             "presence_penalty":0.1,"min_p":0.1,"user":"u","stream_options":{"include_usage":true},"tool_choice":"auto",
             "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":{"type":"object",
               "properties":{"a":{"enum":["x","y"]}},"required":["a"]}}},
             "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{
               "q":{"type":"string"}}}}}]}""";
    private static final String COMPLETION = """
            {"model":"smollm2-135m","prompt":["One"],"max_tokens":2,"temperature":0.5,"top_p":0.9,"n":1,"best_of":1,"seed":3,
             "stop":"x","stream":false,"logprobs":2,"echo":true,"suffix":"","frequency_penalty":0.1}""";
    private static final String EMBEDDING = """
            {"model":"all-minilm-l6-v2","input":["a lamp"],"encoding_format":"float","dimensions":384,"user":"u"}""";
    private static final String RERANK = """
            {"model":"all-minilm-l6-v2","query":"lamp","documents":["a","b"],"top_n":1,"return_documents":true}""";
    private static final List<String> VALUES = List.of(
            "-1",
            "0",
            "1e308",
            "-1e308",
            "0.5",
            "99999999999999999999",
            "-99999999999999999999",
            "1e999",
            "\"\"",
            "\"NaN\"",
            "\"\\ud83d\"",
            "\"\\u0000\"",
            "\"../../etc/passwd\"",
            "true",
            "false",
            "null",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "[{}]",
            "{\"type\":\"object\"}",
            "{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"type\":[]}}}",
            "{\"type\":\"function\",\"function\":{\"name\":\"g\"}}");
    /** What no value of JSON is; it goes into the text in place of one. */
    private static final List<String> NO_VALUES =
            List.of("NaN", "Infinity", "-", "01", "'a'", "", "\"open", "undefined");

    /** A path and the bytes of its body. */
    @SuppressWarnings("ArrayRecordComponent") // requests of tests are never compared
    record Request(String path, byte[] body) {
        @Override
        public String toString() {
            String text = new String(body, StandardCharsets.ISO_8859_1);
            return path + " " + text.substring(0, Math.min(600, text.length()));
        }
    }

    Request of(long number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
        int which = random.nextInt(4);
        String path = OpenAiRoutes.POSTS.get(which);
        ObjectNode body = (ObjectNode)
                Web.parse(List.of(CHAT, COMPLETION, EMBEDDING, RERANK).get(which));
        byte[] bytes = switch (random.nextInt(8)) {
            case 0 -> damaged(body, random);
            case 1 -> noValue(body, random);
            case 2 -> nested(body, random);
            default -> mistyped(body, random);
        };
        return new Request(path, bytes);
    }

    private static byte[] mistyped(ObjectNode body, SplittableRandom random) {
        for (int i = random.nextInt(2); i >= 0; i--) {
            List<ObjectNode> objects = new ArrayList<>();
            collect(body, objects);
            ObjectNode object = objects.get(random.nextInt(objects.size()));
            List<String> names = new ArrayList<>(object.properties().stream()
                    .map(java.util.Map.Entry::getKey)
                    // A large number of tokens is in order, and would take its time.
                    .filter(name -> !name.equals("max_tokens"))
                    .toList());
            if (names.isEmpty()) {
                continue;
            }
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(6) == 0) {
                object.remove(name);
            } else {
                object.set(name, Web.parse(VALUES.get(random.nextInt(VALUES.size()))));
            }
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            objects.add(object);
        }
        node.forEach(child -> collect(child, objects));
    }

    private static byte[] damaged(ObjectNode body, SplittableRandom random) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return java.util.Arrays.copyOf(bytes, bytes.length - random.nextInt(3));
    }

    private static byte[] noValue(ObjectNode body, SplittableRandom random) {
        String text = body.put("temperature", "HERE").toString();
        return text.replace("\"HERE\"", NO_VALUES.get(random.nextInt(NO_VALUES.size())))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] nested(ObjectNode body, SplittableRandom random) {
        List<String> names =
                body.properties().stream().map(java.util.Map.Entry::getKey).toList();
        int depth = List.of(30, 100, 1_000, 60_000).get(random.nextInt(4));
        String open = random.nextBoolean() ? "[" : "{\"type\":\"array\",\"items\":";
        String close = open.equals("[") ? "]" : "}";
        body.put(names.get(random.nextInt(names.size())), "HERE");
        return body.toString()
                .replace("\"HERE\"", open.repeat(depth) + "1" + close.repeat(depth))
                .getBytes(StandardCharsets.UTF_8);
    }
}
