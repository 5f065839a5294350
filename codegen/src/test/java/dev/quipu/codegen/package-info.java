@NullMarked
package dev.quipu.codegen;

import org.jspecify.annotations.NullMarked;
