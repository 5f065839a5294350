package dev.quipu.runtime;

/** Which turn a record holds. */
record TurnKey(String conversation, long sequence) {}
