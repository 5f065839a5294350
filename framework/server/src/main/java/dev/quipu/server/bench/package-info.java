/** The benchmarks of the command line: what is measured, against which peer, and how a figure comes about. */
@NullMarked
package dev.quipu.server.bench;

import org.jspecify.annotations.NullMarked;
