/** Tests of what needs no graph. */
@NullMarked
package dev.quipu.kg.question;

import org.jspecify.annotations.NullMarked;
