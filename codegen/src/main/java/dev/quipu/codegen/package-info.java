/**
 * Python that arrives tested.
 *
 * <p>Build a {@link dev.quipu.codegen.CodeGenerator} from a model and a sandbox, give it a {@link
 * dev.quipu.codegen.CodeRequest}, read the {@link dev.quipu.codegen.CodeReport}: the code, the verdict about it, and every
 * attempt with its reason.
 */
@NullMarked
package dev.quipu.codegen;

import org.jspecify.annotations.NullMarked;
