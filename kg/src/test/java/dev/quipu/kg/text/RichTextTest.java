package dev.quipu.kg.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.kg.GraphException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RichTextTest {
    @TempDir
    Path folder;

    private Path docx(String title, String... paragraphs) throws IOException {
        Path file = folder.resolve("a.docx");
        try (XWPFDocument document = new XWPFDocument();
                OutputStream out = Files.newOutputStream(file)) {
            document.getProperties().getCoreProperties().setTitle(title);
            for (String paragraph : paragraphs) {
                document.createParagraph().createRun().setText(paragraph);
            }
            document.write(out);
        }
        return file;
    }

    private Path pdf(String text) throws IOException {
        Path file = folder.resolve("a.pdf");
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
                content.newLineAtOffset(50, 700);
                content.showText(text);
                content.endText();
            }
            document.save(file.toFile());
        }
        return file;
    }

    @Test
    void readsHtmlWithoutItsScripts() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.html"),
                "<html><head><title>Returns &amp; more</title><script>track()</script></head>"
                        + "<body><h1>Returns</h1><p>Within 30 days.</p></body></html>");

        RichText.Read read = RichText.STANDARD.read(file, "html");

        assertThat(read.title()).isEqualTo("Returns & more");
        assertThat(read.text()).contains("Within 30 days.").doesNotContain("track");
    }

    @Test
    void readsPdf() throws IOException {
        assertThat(RichText.STANDARD
                        .read(pdf("A tent weighs two kilos."), "pdf")
                        .text())
                .isEqualTo("A tent weighs two kilos.");
    }

    @Test
    void readsDocxWithItsTitle() throws IOException {
        RichText.Read read = RichText.STANDARD.read(docx("Warranty", "Two years.", "保修两年。"), "docx");

        assertThat(read).isEqualTo(new RichText.Read("Warranty", "Two years.\n保修两年。"));
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        Path file = docx("x", "y");

        assertThatThrownBy(() -> new RichText(100, 1000, Duration.ofSeconds(20)).read(file, "docx"))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("QP-GRAPH-016")
                .hasMessageContaining("at most 100 are read");
    }

    @Test
    void refusesATextThatIsTooLong() throws IOException {
        Path file = docx("x", "many words ".repeat(1_000));

        assertThatThrownBy(() -> new RichText(1 << 20, 1000, Duration.ofSeconds(20)).read(file, "docx"))
                .hasMessageContaining("more than 1000 characters");
    }

    /** A document of some kilobytes that unpacks to half a gigabyte. */
    @Test
    void refusesABomb() throws IOException {
        Path file = docx("x", "y");
        List<String> names = new ArrayList<>();
        Path bomb = folder.resolve("bomb.docx");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(bomb))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
                out.putNextEntry(new ZipEntry(entry.getName()));
                if (entry.getName().equals("word/document.xml")) {
                    bomb(out);
                } else {
                    in.transferTo(out);
                }
            }
        }
        assertThat(names).contains("word/document.xml");

        assertThatThrownBy(() -> RichText.STANDARD.read(bomb, "docx")).isInstanceOf(GraphException.class);
    }

    private static void bomb(OutputStream out) throws IOException {
        out.write(
                "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>"
                        .getBytes(StandardCharsets.UTF_8));
        byte[] block = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 200; i++) {
            out.write(block);
        }
        out.write("</w:t></w:r></w:p></w:body></w:document>".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesWhatIsNoDocument() throws IOException {
        Path file = Files.writeString(folder.resolve("a.pdf"), "not a pdf");

        assertThatThrownBy(() -> RichText.STANDARD.read(file, "pdf"))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("a.pdf cannot be read");
    }

    @Test
    void goesOnAfterAFileOfAFolderThatCannotBeRead() throws IOException {
        Files.writeString(folder.resolve("a.pdf"), "not a pdf");
        Files.writeString(folder.resolve("b.html"), "<p>Readable.</p>");
        List<Document> documents = new ArrayList<>();
        List<GraphException> failures = new ArrayList<>();

        DocumentFiles.each(folder, documents::add, failures::add);

        assertThat(documents).containsExactly(Document.of("b.html", "b", "Readable."));
        assertThat(failures).hasSize(1);
    }
}
