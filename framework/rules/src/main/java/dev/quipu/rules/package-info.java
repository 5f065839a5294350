/** Drools rules as a {@link dev.quipu.Policy}: decisions with the rule's name and the facts they rest on. */
@NullMarked
package dev.quipu.rules;

import org.jspecify.annotations.NullMarked;
