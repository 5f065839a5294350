/** The command line, the HTTP server with its page, and the assembly of all parts for them. */
@NullMarked
package dev.quipu.server;

import org.jspecify.annotations.NullMarked;
