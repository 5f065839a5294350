package dev.quipu.llama.ffm.internal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.natives.NativeBundle;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The functions of llama.cpp that the engine calls, each as a method handle with its C signature. Loaded once in a
 * process; libraries cannot be unloaded.
 */
final class Llama {
    private static final Logger log = LoggerFactory.getLogger("dev.quipu.llama.cpp");
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Map<Character, MemoryLayout> TYPES = Map.of(
            'i', JAVA_INT,
            'l', JAVA_LONG,
            'f', JAVA_FLOAT,
            'b', JAVA_BOOLEAN,
            'p', ADDRESS,
            'M', Layouts.MODEL_PARAMS,
            'C', Layouts.CONTEXT_PARAMS,
            'B', Layouts.BATCH,
            'S', Layouts.SAMPLER_PARAMS);
    private static final int LEVEL_WARN = 3;
    private static final int LEVEL_ERROR = 4;

    private static @Nullable Llama loaded;

    private final List<SymbolLookup> libraries = new ArrayList<>();

    final NativeDevices devices;
    final MethodHandle modelDefaults;
    final MethodHandle modelLoad;
    final MethodHandle modelFree;
    final MethodHandle modelVocab;
    final MethodHandle modelDescription;
    final MethodHandle modelParameters;
    final MethodHandle modelTrainedContext;
    final MethodHandle modelChatTemplate;
    final MethodHandle contextDefaults;
    final MethodHandle contextNew;
    final MethodHandle contextFree;
    final MethodHandle threadsDefaults;
    final MethodHandle threadsAttach;
    final MethodHandle backendNamed;
    final MethodHandle backendFunction;
    final MethodHandle contextSize;
    final MethodHandle contextMemory;
    final MethodHandle memoryRemove;
    final MethodHandle memoryCopy;
    final MethodHandle modelIsRecurrent;
    final MethodHandle modelIsHybrid;
    final MethodHandle stateSize;
    final MethodHandle stateGet;
    final MethodHandle stateSet;
    final MethodHandle adapterLoad;
    final MethodHandle adapterFree;
    final MethodHandle adaptersSet;
    final MethodHandle vocabSize;
    final MethodHandle vocabBos;
    final MethodHandle vocabEos;
    final MethodHandle vocabText;
    final MethodHandle vocabIsEnd;
    final MethodHandle vocabIsControl;
    final MethodHandle vocabSep;
    final MethodHandle vocabAddsBos;
    final MethodHandle vocabAddsEos;
    final MethodHandle vocabAddsSep;
    final MethodHandle modelWidth;
    final MethodHandle modelLabels;
    final MethodHandle contextPooling;
    final MethodHandle memoryClear;
    final MethodHandle embeddings;
    final MethodHandle tokenize;
    final MethodHandle piece;
    final MethodHandle decode;
    final MethodHandle samplerDefaults;
    final MethodHandle samplerChain;
    final MethodHandle samplerAdd;
    final MethodHandle samplerFree;
    final MethodHandle samplerSample;
    final MethodHandle samplerAccept;
    final MethodHandle samplerApply;
    final MethodHandle logits;
    final MethodHandle samplerGreedy;
    final MethodHandle samplerDistribution;
    final MethodHandle samplerTopK;
    final MethodHandle samplerTopP;
    final MethodHandle samplerMinP;
    final MethodHandle samplerTemperature;
    final MethodHandle samplerPenalties;

    private Llama(NativeBundle bundle) throws Throwable {
        for (String prefix : List.of("libggml-base.", "libggml.", "libllama.")) {
            libraries.add(SymbolLookup.libraryLookup(library(bundle.folder(), prefix), Arena.global()));
        }
        String version = string((MemorySegment) bind("llama_version", "p").invoke());
        if (!("v" + version).startsWith(bundle.release()) && !version.equals(bundle.release())) {
            throw new EngineException(
                    EngineError.NATIVES,
                    "The library says it is llama.cpp " + version + ", its list says " + bundle.release()
                            + ". The folder " + bundle.folder() + " mixes releases; remove it.");
        }
        MethodHandle onLog = MethodHandles.lookup()
                .findStatic(
                        Llama.class,
                        "onLog",
                        MethodType.methodType(void.class, int.class, MemorySegment.class, MemorySegment.class));
        bind("llama_log_set", "vpp")
                .invoke(LINKER.upcallStub(onLog, descriptor("vipp"), Arena.global()), MemorySegment.NULL);
        bind("ggml_backend_load_all_from_path", "vp")
                .invoke(Arena.global().allocateFrom(bundle.folder().toString()));
        bind("llama_backend_init", "v").invoke();
        devices = new NativeDevices(this);
        devices.loadGpus(bundle);
        modelDefaults = bind("llama_model_default_params", "M");
        modelLoad = bind("llama_model_load_from_file", "ppM");
        modelFree = bind("llama_model_free", "vp");
        modelVocab = bind("llama_model_get_vocab", "pp");
        modelDescription = bind("llama_model_desc", "ippl");
        modelParameters = bind("llama_model_n_params", "lp");
        modelTrainedContext = bind("llama_model_n_ctx_train", "ip");
        modelChatTemplate = bind("llama_model_chat_template", "ppp");
        contextDefaults = bind("llama_context_default_params", "C");
        contextNew = bind("llama_init_from_model", "ppC");
        contextFree = bind("llama_free", "vp");
        threadsDefaults = bind("ggml_threadpool_params_init", "vpi");
        threadsAttach = bind("llama_attach_threadpool", "vppp");
        backendNamed = bind("ggml_backend_reg_by_name", "pp");
        backendFunction = bind("ggml_backend_reg_get_proc_address", "ppp");
        contextSize = bind("llama_n_ctx", "ip");
        contextMemory = bind("llama_get_memory", "pp");
        memoryRemove = bind("llama_memory_seq_rm", "bpiii");
        memoryCopy = bind("llama_memory_seq_cp", "vpiiii");
        modelIsRecurrent = bind("llama_model_is_recurrent", "bp");
        modelIsHybrid = bind("llama_model_is_hybrid", "bp");
        stateSize = bind("llama_state_seq_get_size", "lpi");
        stateGet = bind("llama_state_seq_get_data", "lppli");
        stateSet = bind("llama_state_seq_set_data", "lppli");
        adapterLoad = bind("llama_adapter_lora_init", "ppp");
        adapterFree = bind("llama_adapter_lora_free", "vp");
        adaptersSet = bind("llama_set_adapters_lora", "ipplp");
        vocabSize = bind("llama_vocab_n_tokens", "ip");
        vocabBos = bind("llama_vocab_bos", "ip");
        vocabEos = bind("llama_vocab_eos", "ip");
        vocabText = bind("llama_vocab_get_text", "ppi");
        vocabIsEnd = bind("llama_vocab_is_eog", "bpi");
        vocabIsControl = bind("llama_vocab_is_control", "bpi");
        vocabSep = bind("llama_vocab_sep", "ip");
        vocabAddsBos = bind("llama_vocab_get_add_bos", "bp");
        vocabAddsEos = bind("llama_vocab_get_add_eos", "bp");
        vocabAddsSep = bind("llama_vocab_get_add_sep", "bp");
        modelWidth = bind("llama_model_n_embd_out", "ip");
        modelLabels = bind("llama_model_n_cls_out", "ip");
        contextPooling = bind("llama_pooling_type", "ip");
        memoryClear = bind("llama_memory_clear", "vpb");
        embeddings = bind("llama_get_embeddings_seq", "ppi");
        tokenize = bind("llama_tokenize", "ippipibb");
        piece = bind("llama_token_to_piece", "ipipiib");
        decode = bind("llama_decode", "ipB");
        samplerDefaults = bind("llama_sampler_chain_default_params", "S");
        samplerChain = bind("llama_sampler_chain_init", "pS");
        samplerAdd = bind("llama_sampler_chain_add", "vpp");
        samplerFree = bind("llama_sampler_free", "vp");
        samplerSample = bind("llama_sampler_sample", "ippi");
        samplerAccept = bind("llama_sampler_accept", "vpi");
        samplerApply = bind("llama_sampler_apply", "vpp");
        logits = bind("llama_get_logits_ith", "ppi");
        samplerGreedy = bind("llama_sampler_init_greedy", "p");
        samplerDistribution = bind("llama_sampler_init_dist", "pi");
        samplerTopK = bind("llama_sampler_init_top_k", "pi");
        samplerTopP = bind("llama_sampler_init_top_p", "pfl");
        samplerMinP = bind("llama_sampler_init_min_p", "pfl");
        samplerTemperature = bind("llama_sampler_init_temp", "pf");
        samplerPenalties = bind("llama_sampler_init_penalties", "piifff");
    }

    /** The libraries, loaded on the first call. */
    static synchronized Llama load(NativeBundle bundle) {
        if (loaded == null) {
            try {
                loaded = new Llama(bundle);
            } catch (EngineException e) {
                throw e;
            } catch (Throwable e) {
                throw new EngineException(
                        EngineError.NATIVES, "The llama.cpp libraries in " + bundle.folder() + " do not load: " + e, e);
            }
        }
        return loaded;
    }

    private static Path library(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow(() -> new EngineException(
                            EngineError.NATIVES, folder + " has no " + prefix + "*. Remove the folder and try again."));
        }
    }

    MethodHandle bind(String name, String signature) {
        return function(name, descriptor(signature));
    }

    /** A function that not every engine needs, by its C signature. */
    MethodHandle function(String name, FunctionDescriptor signature) {
        MemorySegment symbol = libraries.stream()
                .flatMap(l -> l.find(name).stream())
                .findFirst()
                .orElseThrow(() -> new EngineException(
                        EngineError.NATIVES, "The llama.cpp libraries have no function " + name + "."));
        return LINKER.downcallHandle(symbol, signature);
    }

    /** A C signature: the result, {@code v} for none, then the arguments. */
    static FunctionDescriptor descriptor(String signature) {
        MemoryLayout[] arguments = signature
                .substring(1)
                .chars()
                .mapToObj(c -> java.util.Objects.requireNonNull(TYPES.get((char) c)))
                .toArray(MemoryLayout[]::new);
        return signature.charAt(0) == 'v'
                ? FunctionDescriptor.ofVoid(arguments)
                : FunctionDescriptor.of(java.util.Objects.requireNonNull(TYPES.get(signature.charAt(0))), arguments);
    }

    /** Called by C for each log line. An exception that left it would end the JVM. */
    @SuppressWarnings({"unused", "CatchingUnchecked"})
    private static void onLog(int level, MemorySegment text, MemorySegment userData) {
        try {
            if (level == LEVEL_ERROR) {
                log.error("{}", string(text).strip());
            } else if (level == LEVEL_WARN && log.isDebugEnabled()) {
                log.debug("{}", string(text).strip());
            }
        } catch (RuntimeException e) {
            // There is nobody to tell: the logger itself failed.
        }
    }

    static String string(MemorySegment c) {
        return c.address() == 0 ? "" : c.reinterpret(Long.MAX_VALUE).getString(0);
    }

    /** A text as C bytes without the terminating zero being needed; never of size 0. */
    static MemorySegment bytes(Arena arena, byte[] utf8) {
        MemorySegment segment = arena.allocate(utf8.length + 1L);
        MemorySegment.copy(utf8, 0, segment, JAVA_BYTE, 0, utf8.length);
        return segment;
    }
}
