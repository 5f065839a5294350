/** llama.cpp in this process: the engine, its requests and results, and LangChain4j models on it. */
@NullMarked
package dev.quipu.llama;

import org.jspecify.annotations.NullMarked;
