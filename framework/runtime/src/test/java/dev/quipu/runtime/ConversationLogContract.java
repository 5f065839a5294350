package dev.quipu.runtime;

import static dev.quipu.runtime.SampleTurns.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every conversation log must do. */
public abstract class ConversationLogContract {
    private @Nullable ConversationLog opened;

    /** An empty log. */
    protected abstract ConversationLog open() throws Exception;

    @BeforeEach
    final void openLog() throws Exception {
        opened = open();
    }

    @AfterEach
    final void closeLog() {
        log().close();
    }

    @Test
    void givesBackEveryValueOfATurn() {
        LoggedTurn first = turn("c", 1);
        LoggedTurn second = turn("c", 2);

        log().append(first);
        log().append(second);

        assertThat(log().read("c")).containsExactly(first, second);
    }

    @Test
    void knowsNothingOfAnUnknownConversation() {
        log().append(turn("c", 1));

        assertThat(log().read("d")).isEmpty();
    }

    @Test
    void readsTheLatestTurnsOldestFirst() {
        LongStream.rangeClosed(1, 5).forEach(i -> log().append(turn("c", i)));

        assertThat(log().read("c", 2)).containsExactly(turn("c", 4), turn("c", 5));
    }

    @Test
    void refusesATurnThatIsStoredAlready() {
        log().append(turn("c", 1));
        log().append(turn("c", 2));

        LogException refused = catchThrowableOfType(LogException.class, () -> log().append(turn("c", 2)));

        assertThat(refused.code()).isEqualTo(RuntimeError.LOG_SEQUENCE);
        assertThat(log().read("c")).hasSize(2);
    }

    @Test
    void refusesATurnThatLeavesAGap() {
        log().append(turn("c", 1));

        LogException refused = catchThrowableOfType(LogException.class, () -> log().append(turn("c", 3)));

        assertThat(refused.code()).isEqualTo(RuntimeError.LOG_SEQUENCE);
        assertThat(log().read("c")).hasSize(1);
    }

    @Test
    void keepsConversationsApartThatAreWrittenAtOnce() {
        List<String> conversations =
                IntStream.range(0, 16).mapToObj(i -> "c" + i).toList();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            conversations.forEach(name ->
                    threads.execute(() -> LongStream.rangeClosed(1, 20).forEach(i -> log().append(turn(name, i)))));
        }

        assertThat(conversations)
                .allSatisfy(name -> assertThat(log().read(name))
                        .containsExactlyElementsOf(LongStream.rangeClosed(1, 20)
                                .mapToObj(i -> turn(name, i))
                                .toList()));
    }

    private ConversationLog log() {
        if (opened == null) {
            throw new IllegalStateException("no log is open");
        }
        return opened;
    }
}
