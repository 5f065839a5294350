/**
 * Knowledge graphs on Neo4j: the store, tables mapped into it, and linking of texts to it.
 */
@NullMarked
package dev.quipu.kg;

import org.jspecify.annotations.NullMarked;
