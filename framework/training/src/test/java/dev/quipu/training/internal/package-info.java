@NullMarked
package dev.quipu.training.internal;

import org.jspecify.annotations.NullMarked;
