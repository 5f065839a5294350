/** Evaluation of question answering: the knowledge graph against text retrieval and the bare model. */
@NullMarked
package dev.quipu.server.eval;

import org.jspecify.annotations.NullMarked;
