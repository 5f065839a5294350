package dev.quipu.runtime;

import dev.quipu.Knowledge;
import dev.quipu.Policy;
import java.time.Duration;
import java.util.Optional;

/** What the turns of all conversations share. */
record TurnParts(
        Knowledge knowledge,
        Policy policy,
        ReadingSelection selection,
        FixedSentences sentences,
        Optional<DraftPhrasing> phrasing,
        Duration phraseDeadline) {}
