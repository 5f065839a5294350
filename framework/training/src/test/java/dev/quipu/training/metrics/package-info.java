@NullMarked
package dev.quipu.training.metrics;

import org.jspecify.annotations.NullMarked;
