/** What tests of Quipu and of its users' own parts share: a scripted model, rules of architecture, error codes. */
@NullMarked
package dev.quipu.testkit;

import org.jspecify.annotations.NullMarked;
