@NullMarked
package dev.quipu.training;

import org.jspecify.annotations.NullMarked;
