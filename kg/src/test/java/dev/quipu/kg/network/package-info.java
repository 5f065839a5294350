/** Tests of what needs no graph. */
@NullMarked
package dev.quipu.kg.network;

import org.jspecify.annotations.NullMarked;
