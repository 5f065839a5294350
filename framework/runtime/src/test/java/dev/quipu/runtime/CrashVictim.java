package dev.quipu.runtime;

import dev.quipu.Answer;
import dev.quipu.Identity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that asks without end in several conversations and prints each turn that was acknowledged, until it is
 * killed.
 */
final class CrashVictim {
    /** Shows that a line is whole. */
    static final String END = ";";

    private static final int CONVERSATIONS = 8;

    private final Assistant assistant;
    private final long round;

    private CrashVictim(Assistant assistant, long round) {
        this.assistant = assistant;
        this.round = round;
    }

    /** Arguments: the folder of the log, and a number that no other process on it had. */
    public static void main(String... args) {
        Assistant assistant = Assistant.builder(Vertx.vertx())
                .knowledge(new ScriptedKnowledge())
                .policy(request -> List.of())
                .log(FileConversationLog.builder(Path.of(args[0]))
                        .maxSegmentBytes(100_000)
                        .open())
                .address("")
                .build();
        CrashVictim victim = new CrashVictim(assistant, Long.parseLong(args[1]));
        for (int i = 0; i < CONVERSATIONS; i++) {
            victim.askOn("c" + i, 0);
        }
    }

    private void askOn(String conversation, long count) {
        String question = "status W" + (round * 1_000_000 + count);
        Future<Answer> answer = assistant.ask(conversation, new Identity.Customer("shop", conversation), question);
        answer.onComplete(
                acknowledged -> {
                    System.out.println(conversation + " " + question + END);
                    askOn(conversation, count + 1);
                },
                failure -> System.err.println(failure));
    }
}
