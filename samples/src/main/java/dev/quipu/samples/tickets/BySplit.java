package dev.quipu.samples.tickets;

import java.util.function.Function;

/** Something for each split. */
record BySplit<T>(T train, T validation, T test) {
    static <T> BySplit<T> of(Function<Split, T> maker) {
        return new BySplit<>(maker.apply(Split.TRAIN), maker.apply(Split.VALIDATION), maker.apply(Split.TEST));
    }

    T get(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }
}
