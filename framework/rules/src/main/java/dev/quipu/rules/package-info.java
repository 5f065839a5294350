/**
 * Decisions by rules: a {@link dev.quipu.rules.DroolsPolicy} built from DRL files, and the facts that rules see.
 *
 * <p>DRL is code. Its consequences run as Java in this process, with this process's rights. Before it compiles, each file
 * is checked for classes and statements that a rule has no business with (processes, files, network, threads,
 * reflection, the system clock, chance, loops). The check guards against mistakes; it is no sandbox. Let only those
 * people write rules whom you let write the application.
 */
@NullMarked
package dev.quipu.rules;

import org.jspecify.annotations.NullMarked;
