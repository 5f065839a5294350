/** How training works inside: graphs, optimiser, packing, checkpoints. */
@NullMarked
package dev.quipu.training.internal;

import org.jspecify.annotations.NullMarked;
