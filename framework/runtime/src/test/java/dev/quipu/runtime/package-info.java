@NullMarked
package dev.quipu.runtime;

import org.jspecify.annotations.NullMarked;
