/** From a shop's tickets to an adapter: conversations, training, examination, serving and rolling back. */
@NullMarked
package dev.quipu.samples.tickets;

import org.jspecify.annotations.NullMarked;
