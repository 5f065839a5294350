package dev.quipu.llama.jni;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaOutput;
import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.FinishReason;
import dev.quipu.llama.GenerationRequest;
import dev.quipu.llama.Sampling;
import dev.quipu.llama.spi.GenerationStream;
import dev.quipu.llama.spi.TextAssembler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Carries the tokens of one generation from the library to its reader.
 *
 * <p>Stop texts are found here and not by the library, which does not say why a text ended. It answers once for each
 * token, but for those in the middle of a character; the answer for an end token is empty, and that tells the model's own
 * end from the limit.
 */
final class Pump implements Runnable {
    private final JniEngine engine;
    private final GenerationStream stream;
    private final TextAssembler text;
    private final Semaphore wake = new Semaphore(0);
    private int drawn;

    Pump(JniEngine engine, GenerationRequest request, int[] prompt) {
        this.engine = engine;
        this.stream = new GenerationStream(request, prompt, wake::release);
        this.text = new TextAssembler(request.stop());
    }

    GenerationStream stream() {
        return stream;
    }

    void wake() {
        wake.release();
    }

    @Override
    public void run() {
        engine.began(this);
        try {
            pump();
        } catch (EngineException e) {
            stream.fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stream.fail(new EngineException(EngineError.CLOSED, "The engine was closed during the request.", e));
        } finally {
            engine.ended(this);
        }
    }

    private void pump() throws InterruptedException {
        stream.scheduled();
        if (ended()) {
            return;
        }
        LlamaIterator tokens = start();
        engine.computes(stream.prompt().length);
        boolean endToken = false;
        while (tokens.hasNext()) {
            LlamaOutput output = receive(tokens);
            if (tokens.hasNext()) {
                endToken = output.text.isEmpty();
                take(output.text);
            }
            if (text.stopped() || (tokens.hasNext() && ended())) {
                tokens.cancel();
                if (text.stopped()) {
                    stream.finish(FinishReason.STOP_TEXT, 0, drawn);
                }
                return;
            }
        }
        stream.emit(text.rest());
        stream.finish(endToken ? FinishReason.END : FinishReason.LENGTH, 0, drawn);
    }

    private LlamaIterator start() {
        try {
            return engine.library().generate(parameters(stream.request())).iterator();
        } catch (RuntimeException e) {
            throw refused(e);
        }
    }

    private LlamaOutput receive(LlamaIterator tokens) {
        try {
            return tokens.next();
        } catch (RuntimeException e) {
            throw refused(e);
        }
    }

    /** The library's exceptions have no type of their own that can be caught. */
    private static EngineException refused(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        boolean grammar = message.contains("grammar");
        return new EngineException(
                grammar ? EngineError.GRAMMAR : EngineError.DECODE,
                "java-llama.cpp refused the request: " + message + ". The engine goes on.",
                e);
    }

    private void take(String piece) {
        if (piece.isEmpty()) {
            return;
        }
        int tokens = engine.vocabulary().count(piece);
        drawn += tokens;
        engine.drew(tokens);
        stream.emit(text.add(piece.getBytes(StandardCharsets.UTF_8)));
    }

    /** Waits until the reader has room, and ends the stream if it is not to go on. */
    private boolean ended() throws InterruptedException {
        while (true) {
            if (engine.closed()) {
                stream.fail(new EngineException(EngineError.CLOSED, "The engine was closed during the request."));
            } else if (stream.cancelled()) {
                stream.finish(FinishReason.CANCELLED, 0, drawn);
            } else if (stream.expired()) {
                stream.fail(stream.late());
            } else if (stream.wanted()) {
                return false;
            } else {
                wake.tryAcquire(stream.nanosLeft(), TimeUnit.NANOSECONDS);
                continue;
            }
            return true;
        }
    }

    private InferenceParameters parameters(GenerationRequest request) {
        Sampling s = request.sampling();
        // A sequence that runs full fails in the library; it is to end like any other limit.
        int most = Math.max(1, engine.room() - stream.prompt().length - 1);
        InferenceParameters parameters = new InferenceParameters(
                        engine.vocabulary().withoutBeginning(request.prompt()))
                .setNPredict(Math.min(most, request.maxTokens()))
                // Cells that were computed in other batches round otherwise: the same request could get another text.
                .setCachePrompt(false)
                .setTemperature(s.temperature())
                .setTopK(s.topK())
                .setTopP(s.topP())
                .setMinP(s.minP())
                .setRepeatLastN(s.penaltyWindow())
                .setRepeatPenalty(s.repetitionPenalty())
                .setFrequencyPenalty(s.frequencyPenalty())
                .setPresencePenalty(s.presencePenalty())
                .setSeed(s.seed());
        return request.grammar().isEmpty() ? parameters : parameters.setGrammar(request.grammar());
    }
}
