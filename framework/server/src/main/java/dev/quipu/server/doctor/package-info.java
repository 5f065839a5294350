/** Looks at the machine: what is here, what is missing, and what to do about it. Starts no programs. */
@NullMarked
package dev.quipu.server.doctor;

import org.jspecify.annotations.NullMarked;
