/** Shared by the packages of this module; not for its users. */
@NullMarked
package dev.quipu.kg.internal;

import org.jspecify.annotations.NullMarked;
