@NullMarked
package dev.quipu.samples.tickets;

import org.jspecify.annotations.NullMarked;
