/** Neo4j Community in this process (GPLv3), reached through Bolt on loopback like any other server. */
@NullMarked
package dev.quipu.kg.embedded;

import org.jspecify.annotations.NullMarked;
