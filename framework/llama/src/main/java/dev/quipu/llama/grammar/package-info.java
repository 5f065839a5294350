/**
 * Grammars: what the output of a model is bound to. Made of JSON schemas, regular expressions, choices and GBNF, and
 * checked whole before anything runs.
 */
@NullMarked
package dev.quipu.llama.grammar;

import org.jspecify.annotations.NullMarked;
