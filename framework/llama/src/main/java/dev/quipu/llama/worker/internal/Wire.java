package dev.quipu.llama.worker.internal;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** Messages over a local socket: four bytes of length, then JSON. Several threads may send, one receives. */
final class Wire implements AutoCloseable {
    static final ObjectMapper JSON = mapper();

    /** Holds the longest prompt that an engine takes; what claims to be longer is no message. */
    private static final int LONGEST = 64 << 20;

    private final SocketChannel channel;
    private final ReentrantLock sending = new ReentrantLock();

    Wire(SocketChannel channel) {
        this.channel = channel;
    }

    private static ObjectMapper mapper() {
        SimpleModule durations = new SimpleModule()
                .addSerializer(Duration.class, new JsonSerializer<>() {
                    @Override
                    public void serialize(Duration value, JsonGenerator out, SerializerProvider with)
                            throws IOException {
                        out.writeNumber(value.toNanos());
                    }
                })
                .addDeserializer(Duration.class, new JsonDeserializer<>() {
                    @Override
                    public Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
                        return Duration.ofNanos(in.getLongValue());
                    }
                });
        // Records speak for themselves; methods that only look like properties do not.
        return new ObjectMapper()
                .setVisibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
                .setVisibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
                .setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .registerModule(durations);
    }

    /** @throws IOException if the other side is gone, or the message is longer than any may be */
    void send(Message message) throws IOException {
        byte[] body = JSON.writerFor(Message.class).writeValueAsBytes(message);
        if (body.length > LONGEST) {
            throw new IOException(
                    "a message has " + body.length + " bytes, at most " + LONGEST + " pass between the processes");
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 + body.length)
                .putInt(body.length)
                .put(body)
                .flip();
        sending.lock();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } finally {
            sending.unlock();
        }
    }

    /** The next message; blocks until it is whole. */
    Message receive() throws IOException {
        int length = fill(ByteBuffer.allocate(4)).getInt();
        if (length < 0 || length > LONGEST) {
            throw new IOException("a message claims " + length + " bytes");
        }
        return JSON.readValue(fill(ByteBuffer.allocate(length)).array(), Message.class);
    }

    private ByteBuffer fill(ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into) < 0) {
                throw new EOFException("the other process closed the connection");
            }
        }
        return into.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
