/** Tests on a real graph. */
@NullMarked
package dev.quipu.kg.question;

import org.jspecify.annotations.NullMarked;
