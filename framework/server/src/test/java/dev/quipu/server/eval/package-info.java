@NullMarked
package dev.quipu.server.eval;

import org.jspecify.annotations.NullMarked;
