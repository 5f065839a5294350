/**
 * Questions that no template covers: a model writes a query in a small part of Cypher, this package reads it into a tree
 * of its own, and what is run is printed from the tree with the caller's limits.
 */
@NullMarked
package dev.quipu.kg.cypher;

import org.jspecify.annotations.NullMarked;
