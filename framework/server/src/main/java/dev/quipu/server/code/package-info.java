/** The engine as a writer of code. */
@NullMarked
package dev.quipu.server.code;

import org.jspecify.annotations.NullMarked;
