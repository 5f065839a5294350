/** Tests of what needs no graph. */
@NullMarked
package dev.quipu.kg;

import org.jspecify.annotations.NullMarked;
