/** What every engine must do, as tests with a real model; each provider runs them in a subclass of the contract. */
@NullMarked
package dev.quipu.llama.contract;

import org.jspecify.annotations.NullMarked;
