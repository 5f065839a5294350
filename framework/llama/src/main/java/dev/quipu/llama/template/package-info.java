/**
 * Chat templates: the Jinja programs inside model files that turn a conversation into a prompt.
 *
 * <p>A template comes with a model file and is therefore untrusted. The interpreter here evaluates it without
 * reflection, files, network or code execution, and within fixed bounds.
 */
@NullMarked
package dev.quipu.llama.template;

import org.jspecify.annotations.NullMarked;
