/** Programs to start from: copy one and change it. */
@NullMarked
package dev.quipu.samples;

import org.jspecify.annotations.NullMarked;
