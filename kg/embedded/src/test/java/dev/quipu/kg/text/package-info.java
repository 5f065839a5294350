/** Tests of text graphs in a real Neo4j. */
@NullMarked
package dev.quipu.kg.text;

import org.jspecify.annotations.NullMarked;
