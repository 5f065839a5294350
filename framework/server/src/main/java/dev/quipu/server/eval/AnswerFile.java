package dev.quipu.server.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes answers as they come, one JSON line each, and sums them up. */
public final class AnswerFile implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final BufferedWriter out;
    private final List<Double> seconds = new ArrayList<>();
    private final Map<String, Integer> paths = new TreeMap<>();

    private AnswerFile(Path file, BufferedWriter out) {
        this.file = file;
        this.out = out;
    }

    public static AnswerFile create(Path file) {
        try {
            return new AnswerFile(file, Files.newBufferedWriter(file));
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static EvalException failed(Path file, IOException e) {
        return new EvalException(EvalError.IO, file + " cannot be written: " + e.getMessage() + ".", e);
    }

    public void write(String id, Reply reply) {
        ObjectNode line = JSON.createObjectNode()
                .put("id", id)
                .put("answer", reply.answer())
                .put("seconds", Math.round(reply.seconds() * 10_000) / 10_000.0);
        reply.evidence().forEach(line.putArray("evidence")::add);
        line.put("path", reply.path());
        try {
            out.write(JSON.writeValueAsString(line));
            out.newLine();
            out.flush();
        } catch (IOException e) {
            throw failed(file, e);
        }
        seconds.add(reply.seconds());
        paths.merge(reply.path(), 1, Integer::sum);
    }

    private double quantile(double share) {
        List<Double> sorted = seconds.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
    }

    public String summary() {
        return String.format(
                Locale.ROOT,
                "%d answers in %s: p50 %.3f s, p95 %.3f s, by %s",
                seconds.size(),
                file,
                quantile(0.5),
                quantile(0.95),
                paths);
    }

    /** @param score what the answers are worth, where they were compared with gold */
    public String json(Optional<Scorecard> score) {
        ObjectNode metrics = JSON.createObjectNode()
                .put("eval.qa.answers", seconds.size())
                .put("eval.qa.p50_seconds", quantile(0.5))
                .put("eval.qa.p95_seconds", quantile(0.95));
        paths.forEach((path, count) -> metrics.put("eval.qa.path." + path, count));
        score.ifPresent(s -> s.addTo(metrics));
        return JSON.createObjectNode().<ObjectNode>set("metrics", metrics).toString();
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }
}
