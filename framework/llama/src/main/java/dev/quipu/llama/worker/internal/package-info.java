/** An engine in a process of its own, behind the same contract. */
@org.jspecify.annotations.NullMarked
package dev.quipu.llama.worker.internal;
