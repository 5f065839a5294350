/** Conversations on Vert.x: the flow of a turn, its durable log, and the assistant that runs both. */
@NullMarked
package dev.quipu.runtime;

import org.jspecify.annotations.NullMarked;
