package dev.quipu.llama.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeBundleTest {
    private static final Set<String> KNOWN = Set.of("v0.5.0");
    private static final String PLATFORM = NativeBundle.platform();
    private static final String BASE = "the base library";

    @TempDir
    Path folder;

    @Test
    void unpacksWhatThePackageHolds() throws Exception {
        packed(PLATFORM, "v0.5.0", "cpu");

        NativeBundle bundle = locate("");

        assertThat(bundle.release()).isEqualTo("v0.5.0");
        assertThat(bundle.folder().resolve("libllama.so")).hasContent("libllama of " + PLATFORM);
        assertThat(files(folder.resolve("cache"))).hasSize(1);
    }

    @Test
    void refusesAChangedByteInTheJar() throws Exception {
        Path bundle = packed(PLATFORM, "v0.5.0", "cpu");
        Files.writeString(bundle.resolve("libggml.so"), "x", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> locate(""))
                .hasMessageContaining("QP-ENGINE-002")
                .hasMessageContaining("libggml.so")
                .hasMessageContaining("sha256");
        assertThat(files(folder.resolve("cache"))).isEmpty();
    }

    @Test
    void repairsAnUnpackedFileThatWasChangedUnderItsOldDateAndSize() throws Exception {
        packed(PLATFORM, "v0.5.0", "cpu");
        Path library = locate("").folder().resolve("libllama.so");
        FileTime date = Files.getLastModifiedTime(library);
        byte[] bytes = Files.readAllBytes(library);
        bytes[3] ^= 1;
        Files.write(library, bytes);
        Files.setLastModifiedTime(library, date);

        locate("");

        assertThat(library).hasContent("libllama of " + PLATFORM);
        assertThat(files(folder.resolve("cache"))).hasSize(1);
    }

    @Test
    void repairsAnUnpackedFolderThatLacksAFile() throws Exception {
        packed(PLATFORM, "v0.5.0", "cpu");
        Path unpacked = locate("").folder();
        Files.delete(unpacked.resolve("libggml.so"));

        locate("");

        assertThat(unpacked.resolve("libggml.so")).exists();
    }

    @Test
    void writesNothingOutsideOfItsFolder() throws Exception {
        Path bundle = packed(PLATFORM, "v0.5.0", "cpu");
        Files.writeString(bundle.resolve("SHA256SUMS"), "0".repeat(64) + "  ../../escaped\n");

        assertThatThrownBy(() -> locate("")).hasMessageContaining("QP-ENGINE-002");
    }

    @Test
    void refusesAReleaseWhoseLayoutsAreNotKnown() throws Exception {
        packed(PLATFORM, "v0.4.0", "cpu");

        assertThatThrownBy(() -> locate(""))
                .hasMessageContaining("QP-ENGINE-002")
                .hasMessageContaining("v0.4.0")
                .hasMessageContaining("v0.5.0");
    }

    @Test
    void addsTheLibrariesOfGpusCudaFirst() throws Exception {
        packed(PLATFORM, "v0.5.0", "cpu");
        assertThat(locate("").gpus()).isEmpty();

        packedGpu("vulkan", "v0.5.0", BASE);
        packedGpu("cuda", "v0.5.0", BASE);

        assertThat(locate("").backend()).isEqualTo("cpu");
        assertThat(names(locate(""))).containsExactly("libggml-cuda.so", "libggml-vulkan.so");
        assertThat(names(locate("vulkan"))).containsExactly("libggml-vulkan.so");
        assertThat(names(locate("cpu"))).isEmpty();
    }

    @Test
    void refusesAGpuLibraryThatWasBuiltForOthers() throws Exception {
        packed(PLATFORM, "v0.5.0", "cpu");
        packedGpu("cuda", "v0.5.0", "another base");

        assertThatThrownBy(() -> locate(""))
                .hasMessageContaining("QP-ENGINE-002")
                .hasMessageContaining("cuda")
                .hasMessageContaining("from one version");
    }

    @Test
    void namesTheBackendThatIsNotThere() throws Exception {
        packed(PLATFORM, "v0.5.0", "cpu");

        assertThatThrownBy(() -> locate("cuda"))
                .hasMessageContaining("QP-ENGINE-002")
                .hasMessageContaining("quipu.llama.backend=cuda")
                .hasMessageContaining("quipu-llama-natives");
    }

    @Test
    void asksForTheReleaseOfANamedFolder() {
        assertThatThrownBy(() -> NativeBundle.of(folder))
                .hasMessageContaining("QP-ENGINE-002")
                .hasMessageContaining("natives.properties")
                .hasMessageContaining("quipu.llama.library-path");
    }

    @Test
    void twoProcessesUnpackAtOnce() throws Exception {
        Path cache = folder.resolve("cache");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            UnpackMain.class.getName(),
                            cache.toString())
                    .redirectError(folder.resolve("errors" + i).toFile())
                    .start());
        }

        List<String> folders = new ArrayList<>();
        for (Process process : processes) {
            folders.add(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
            assertThat(process.waitFor()).isZero();
        }

        assertThat(files(cache)).hasSize(1);
        assertThat(folders).containsOnly(files(cache).getFirst().toString());
        assertThat(NativeBundle.locate(cache, KNOWN).folder())
                .isEqualTo(files(cache).getFirst());
    }

    private NativeBundle locate(String backend) {
        return NativeBundle.locate(folder.resolve("cache"), KNOWN, NativeSource.in(folder.resolve("jar")), backend);
    }

    private static List<String> names(NativeBundle bundle) {
        return bundle.gpus().stream()
                .map(library -> library.getFileName().toString())
                .toList();
    }

    private Path packed(String bundle, String release, String backend) throws Exception {
        Path to = files(
                bundle,
                Map.of(
                        "libllama.so",
                        "libllama of " + bundle,
                        "libggml.so",
                        "libggml of " + bundle,
                        "libggml-base.so",
                        BASE));
        Files.writeString(to.resolve("natives.properties"), "release=" + release + "\nbackend=" + backend + "\n");
        return to;
    }

    /** A bundle of a GPU, built for a base library of that content. */
    private void packedGpu(String backend, String release, String base) throws Exception {
        Path to = files(PLATFORM + "-" + backend, Map.of("libggml-" + backend + ".so", backend));
        Files.writeString(
                to.resolve("natives.properties"),
                "release=" + release + "\nbackend=" + backend + "\nbase=" + hash(base) + "\n");
    }

    private Path files(String bundle, Map<String, String> contents) throws Exception {
        Path to = Files.createDirectories(folder.resolve("jar").resolve(bundle));
        StringBuilder sums = new StringBuilder();
        for (Map.Entry<String, String> file : contents.entrySet()) {
            Files.writeString(to.resolve(file.getKey()), file.getValue());
            sums.append(hash(file.getValue()))
                    .append("  ")
                    .append(file.getKey())
                    .append('\n');
        }
        Files.writeString(to.resolve("SHA256SUMS"), sums);
        return to;
    }

    private static String hash(String content) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}
