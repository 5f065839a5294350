/** Values, contracts and errors that every part of Quipu shares. */
@NullMarked
package dev.quipu;

import org.jspecify.annotations.NullMarked;
