package dev.quipu.llama.gguf;

/** Checks that llama.cpp can compute with the tensors, at the places where they lie. */
final class TensorCheck {
    /** llama.cpp maps the file and asserts this of addresses in it. */
    private static final int ADDRESS_ALIGNMENT = 32;

    private final GgufFile file;
    private final Architecture architecture;

    TensorCheck(GgufFile file, Architecture architecture) {
        this.file = file;
        this.architecture = architecture;
    }

    void run() {
        if (file.tensors().isEmpty()) {
            throw new GgufException(GgufError.TENSORS, "The file has no tensors.");
        }
        for (GgufTensor tensor : file.tensors()) {
            if ((file.dataOffset() + tensor.offset()) % ADDRESS_ALIGNMENT != 0) {
                throw wrong(
                        tensor,
                        "lies at byte " + (file.dataOffset() + tensor.offset()) + ", no multiple of "
                                + ADDRESS_ALIGNMENT);
            }
            if (!usable(tensor)) {
                throw wrong(tensor, "has the type " + tensor.type() + ", which llama.cpp cannot use there");
            }
        }
    }

    private boolean usable(GgufTensor tensor) {
        String name = tensor.name();
        boolean added = name.endsWith("norm.weight") || name.endsWith(".bias") || name.startsWith("rope_freqs");
        if (added && (architecture.dense() || tensor.dimensions().size() == 1)) {
            return tensor.type() == TensorType.F32;
        }
        // Tables of indices are whole numbers in some architectures.
        return tensor.type().multiplies()
                || (architecture.depth() == Architecture.Depth.GENERAL && tensor.type() == TensorType.I32);
    }

    private static GgufException wrong(GgufTensor tensor, String what) {
        return new GgufException(GgufError.TENSORS, "The tensor " + tensor.name() + " " + what + ".");
    }
}
