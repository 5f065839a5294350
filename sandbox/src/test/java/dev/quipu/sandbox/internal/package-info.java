@NullMarked
package dev.quipu.sandbox.internal;

import org.jspecify.annotations.NullMarked;
