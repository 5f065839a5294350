@NullMarked
package dev.quipu.llama.catalog;

import org.jspecify.annotations.NullMarked;
