/** Networks as plain arrays: what graph algorithms need to run in memory, whatever store the graph lives in. */
@NullMarked
package dev.quipu.kg.network;

import org.jspecify.annotations.NullMarked;
