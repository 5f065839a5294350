@NullMarked
package dev.quipu.llama.template;

import org.jspecify.annotations.NullMarked;
