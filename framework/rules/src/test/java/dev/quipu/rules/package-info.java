@NullMarked
package dev.quipu.rules;

import org.jspecify.annotations.NullMarked;
