package dev.quipu.training.data;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Says what a row asks in other words. What is learnt, an answer or a completion, stays as it is. It is applied to rows to
 * learn from alone, after the data was divided, so that no part holds another part's words in disguise.
 */
public interface Augmentation {
    /** The same question otherwise; empty where there is no other way to say it, or nothing that is asked. */
    Optional<Content> of(Content content, RandomGenerator random);
}
