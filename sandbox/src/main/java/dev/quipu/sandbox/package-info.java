/**
 * Untrusted Python, run in jails, with a verdict that it cannot forge.
 *
 * <p>Open a {@link dev.quipu.sandbox.PythonSandbox}, give it a {@link dev.quipu.sandbox.Job}, read the
 * {@link dev.quipu.sandbox.Verdict}. Where nothing can shut the code in, nothing runs.
 */
@NullMarked
package dev.quipu.sandbox;

import org.jspecify.annotations.NullMarked;
