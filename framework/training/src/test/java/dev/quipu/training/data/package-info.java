@NullMarked
package dev.quipu.training.data;

import org.jspecify.annotations.NullMarked;
