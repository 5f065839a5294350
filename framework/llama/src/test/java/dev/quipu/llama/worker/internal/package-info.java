@org.jspecify.annotations.NullMarked
package dev.quipu.llama.worker.internal;
