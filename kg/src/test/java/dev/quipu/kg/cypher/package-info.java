@NullMarked
package dev.quipu.kg.cypher;

import org.jspecify.annotations.NullMarked;
