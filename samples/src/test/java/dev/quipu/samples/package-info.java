/** The whole chain, and the walls between its parts. */
@NullMarked
package dev.quipu.samples;

import org.jspecify.annotations.NullMarked;
