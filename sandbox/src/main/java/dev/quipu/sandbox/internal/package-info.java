/** The built-in backends: a trusted Python process, the supervisor, and the jails that it makes. */
@NullMarked
package dev.quipu.sandbox.internal;

import org.jspecify.annotations.NullMarked;
