package dev.quipu.llama.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The weights of an ONNX model and which multiplication uses which, as far as quantized BERT models have them. */
final class OnnxFile {
    private static final int GRAPH = 7;
    private static final int NODE = 1;
    private static final int INITIALIZER = 5;

    /** A table of numbers as it lies in the file: floats, or whole numbers of one byte. */
    static final class Tensor {
        String name = "";
        final List<Long> dimensions = new ArrayList<>();
        final List<Float> floats = new ArrayList<>();
        final List<Integer> whole = new ArrayList<>();
        ByteBuffer raw = ByteBuffer.allocate(0);
        long type;

        int size() {
            return (int) dimensions.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
        }

        float number(int at) {
            if (type == 1) {
                return raw.hasRemaining() ? raw.getFloat(4 * at) : floats.get(at);
            }
            int value = raw.hasRemaining() ? raw.get(at) : whole.get(at);
            return type == 2 ? value & 0xff : value;
        }
    }

    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Map<String, List<String>> inputs = new HashMap<>();

    OnnxFile(byte[] file) {
        fields(ByteBuffer.wrap(file), (field, graph) -> {
            if (field == GRAPH) {
                fields(graph, this::ofGraph);
            }
        });
    }

    Tensor tensor(String name) {
        return java.util.Objects.requireNonNull(tensors.get(name), name);
    }

    /** What a node takes in. */
    List<String> inputs(String node) {
        return java.util.Objects.requireNonNull(inputs.get(node), node);
    }

    private void ofGraph(int field, ByteBuffer value) {
        if (field == INITIALIZER) {
            Tensor tensor = new Tensor();
            fields(value, (part, bytes) -> ofTensor(tensor, part, bytes));
            tensors.put(tensor.name, tensor);
        } else if (field == NODE) {
            List<String> names = new ArrayList<>();
            String[] name = {""};
            fields(value, (part, bytes) -> {
                if (part == 1) {
                    names.add(text(bytes));
                } else if (part == 3) {
                    name[0] = text(bytes);
                }
            });
            inputs.put(name[0], names);
        }
    }

    private static void ofTensor(Tensor tensor, int field, ByteBuffer value) {
        switch (field) {
            case 1 -> numbers(value).forEach(tensor.dimensions::add);
            case 2 -> tensor.type = numbers(value).getFirst();
            case 4 -> {
                while (value.hasRemaining()) {
                    tensor.floats.add(value.getFloat());
                }
            }
            case 5 -> numbers(value).forEach(n -> tensor.whole.add(n.intValue()));
            case 8 -> tensor.name = text(value);
            case 9 -> tensor.raw = value.slice().order(ByteOrder.LITTLE_ENDIAN);
            default -> {
                // Not needed.
            }
        }
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    private static List<Long> numbers(ByteBuffer bytes) {
        List<Long> numbers = new ArrayList<>();
        while (bytes.hasRemaining()) {
            numbers.add(varint(bytes));
        }
        return numbers;
    }

    /** Protocol buffers: a field's number and kind, then its value; a plain number is handed on as its bytes. */
    private static void fields(ByteBuffer in, BiConsumer<Integer, ByteBuffer> each) {
        while (in.hasRemaining()) {
            long tag = varint(in);
            int start = in.position();
            int length = switch ((int) tag & 7) {
                case 0 -> {
                    varint(in);
                    int end = in.position();
                    in.position(start);
                    yield end - start;
                }
                case 1 -> 8;
                case 2 -> (int) varint(in);
                case 5 -> 4;
                default -> throw new IllegalArgumentException("kind " + (tag & 7));
            };
            ByteBuffer value = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            in.position(in.position() + length);
            each.accept((int) (tag >> 3), value);
        }
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }
}
