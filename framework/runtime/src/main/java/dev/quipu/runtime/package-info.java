/** Conversations on Vert.x: turns in order, a durable log, and the way from a question to a checked answer. */
@NullMarked
package dev.quipu.runtime;

import org.jspecify.annotations.NullMarked;
