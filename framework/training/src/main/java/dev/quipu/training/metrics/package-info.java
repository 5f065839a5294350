/** How good texts and classes are that a model wrote, against those that were wanted, and how sure that is. */
@NullMarked
package dev.quipu.training.metrics;

import org.jspecify.annotations.NullMarked;
