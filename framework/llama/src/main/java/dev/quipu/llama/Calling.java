package dev.quipu.llama;

import java.util.Optional;

/**
 * How a chat model is held to tools.
 *
 * @param named the tool that has to be called where it is offered
 * @param repeating whether a call may be made that was answered since the user last spoke
 */
record Calling(Optional<String> named, boolean repeating) {
    static final Calling FREE = new Calling(Optional.empty(), false);

    Calling named(String tool) {
        return new Calling(Optional.of(tool), repeating);
    }

    Calling repeated() {
        return new Calling(named, true);
    }
}
