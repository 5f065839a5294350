/**
 * Reads questions against a graph: intents with typed queries, their slots, sentences, and the check of claims.
 */
@NullMarked
package dev.quipu.kg.question;

import org.jspecify.annotations.NullMarked;
