@NullMarked
package dev.quipu.sandbox;

import org.jspecify.annotations.NullMarked;
