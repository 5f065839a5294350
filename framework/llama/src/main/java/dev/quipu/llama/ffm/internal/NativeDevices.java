package dev.quipu.llama.ffm.internal;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.quipu.llama.Device;
import dev.quipu.llama.natives.NativeBundle;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What ggml can compute on, after its backends were loaded. */
final class NativeDevices {
    private static final Logger log = LoggerFactory.getLogger(NativeDevices.class);
    /** In the order of ggml's enumeration. */
    private static final Device.Kind[] KINDS = {
        Device.Kind.CPU, Device.Kind.GPU, Device.Kind.INTEGRATED_GPU, Device.Kind.ACCELERATOR
    };

    private final MethodHandle load;
    private final MethodHandle count;
    private final MethodHandle get;
    private final MethodHandle name;
    private final MethodHandle description;
    private final MethodHandle type;
    private final MethodHandle memory;

    NativeDevices(Llama llama) {
        load = llama.bind("ggml_backend_load", "pp");
        count = llama.bind("ggml_backend_dev_count", "l");
        get = llama.bind("ggml_backend_dev_get", "pl");
        name = llama.bind("ggml_backend_dev_name", "pp");
        description = llama.bind("ggml_backend_dev_description", "pp");
        type = llama.bind("ggml_backend_dev_type", "ip");
        memory = llama.bind("ggml_backend_dev_memory", "vppp");
    }

    /**
     * Loads the GPU backends of a bundle until one finds a device: two that drive the same GPU would share a model out
     * between them. Where none does, the CPU computes, which is told once.
     */
    void loadGpus(NativeBundle bundle) {
        List<String> tried = new ArrayList<>();
        if (!bundle.backend().equals("cpu")) {
            tried.add(bundle.backend());
        }
        for (Path library : bundle.gpus()) {
            if (!gpus().isEmpty()) {
                break;
            }
            tried.add(String.valueOf(library.getFileName()));
            NativeCall.call(() -> (MemorySegment) load.invoke(Arena.global().allocateFrom(library.toString())));
        }
        if (!gpus().isEmpty()) {
            log.atInfo().addKeyValue("devices", gpus()).log("GPU");
        } else if (!tried.isEmpty()) {
            log.atWarn()
                    .addKeyValue("tried", tried)
                    .log("No GPU, driver or run-time library for these backends is here; computing on the CPU");
        }
    }

    List<Device> list() {
        return NativeCall.call(() -> {
            List<Device> devices = new ArrayList<>();
            long all = (long) count.invoke();
            for (long i = 0; i < all; i++) {
                devices.add(device((MemorySegment) get.invoke(i)));
            }
            return devices;
        });
    }

    /** Those that a model is laid on: GPUs with memory of their own, or else integrated ones, as llama.cpp chooses. */
    List<Device> gpus() {
        List<Device> all = list();
        List<Device> own = all.stream().filter(d -> d.kind() == Device.Kind.GPU).toList();
        return own.isEmpty() ? all.stream().filter(d -> d.kind().gpu()).toList() : own;
    }

    private Device device(MemorySegment handle) throws Throwable {
        int kind = (int) type.invoke(handle);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment free = arena.allocate(JAVA_LONG);
            MemorySegment total = arena.allocate(JAVA_LONG);
            memory.invoke(handle, free, total);
            return new Device(
                    Llama.string((MemorySegment) name.invoke(handle)),
                    Llama.string((MemorySegment) description.invoke(handle)),
                    kind < KINDS.length ? KINDS[kind] : Device.Kind.ACCELERATOR,
                    free.get(JAVA_LONG, 0),
                    total.get(JAVA_LONG, 0));
        }
    }
}
