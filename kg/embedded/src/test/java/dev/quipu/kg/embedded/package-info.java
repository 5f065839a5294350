/** Tests on a real graph. */
@NullMarked
package dev.quipu.kg.embedded;

import org.jspecify.annotations.NullMarked;
