/** Tests on a real graph. */
@NullMarked
package dev.quipu.kg;

import org.jspecify.annotations.NullMarked;
