/** Tests of the engine's benchmark. */
@NullMarked
package dev.quipu.server.bench;

import org.jspecify.annotations.NullMarked;
