/** Tests of text graphs in a real Neo4j. */
@NullMarked
package dev.quipu.kg.cypher;

import org.jspecify.annotations.NullMarked;
