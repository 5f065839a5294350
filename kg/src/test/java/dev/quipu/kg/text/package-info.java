/** Tests of what needs no graph. */
@NullMarked
package dev.quipu.kg.text;

import org.jspecify.annotations.NullMarked;
