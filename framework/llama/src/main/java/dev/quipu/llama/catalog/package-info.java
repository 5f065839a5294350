/** Models by name: the catalogue, and the store that fetches them once, checks them, and works offline afterwards. */
@NullMarked
package dev.quipu.llama.catalog;

import org.jspecify.annotations.NullMarked;
