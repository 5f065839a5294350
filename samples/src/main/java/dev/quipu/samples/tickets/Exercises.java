package dev.quipu.samples.tickets;

import dev.quipu.server.ServerError;
import dev.quipu.server.ServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A split's exercises: each ticket is one of one task, in turn. */
record Exercises(Split split, List<Exercise> all) {
    private static final int KINDS_APART = 3;

    Exercises {
        all = List.copyOf(all);
    }

    /** So many of each task. */
    static Exercises write(Desk desk, Catalogue catalogue, Split split, int perTask, long seed) {
        List<Exercise> all = new ArrayList<>();
        for (Task task : Task.values()) {
            String system = task.system(desk.kinds());
            String grammar = task.grammar(desk.kinds());
            for (Ticket ticket :
                    new TicketWriter(desk, catalogue, split, seed + task.key().hashCode()).write(perTask)) {
                all.add(new Exercise(task, system, grammar, ticket));
            }
        }
        return new Exercises(split, all);
    }

    List<Exercise> of(Task task) {
        return all.stream().filter(e -> e.task() == task).toList();
    }

    /** A few of each task, of different kinds; the same ones however many there are. */
    List<Exercise> few(int perTask) {
        return Stream.of(Task.values())
                .flatMap(task -> IntStream.range(0, perTask)
                        .map(i -> i * KINDS_APART)
                        .filter(i -> i < of(task).size())
                        .mapToObj(of(task)::get))
                .toList();
    }

    /** One conversation a line. */
    void save(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, all.stream().map(Exercise::json).toList());
        } catch (IOException e) {
            throw new ServerException(ServerError.IO, file + " cannot be written: " + e.getMessage() + ".", e);
        }
    }
}
