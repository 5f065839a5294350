/**
 * Texts as a graph, built without a language model: documents become passages that mention entities, and questions are
 * answered by the passages that words, vectors and the graph agree on.
 */
@NullMarked
package dev.quipu.kg.text;

import org.jspecify.annotations.NullMarked;
