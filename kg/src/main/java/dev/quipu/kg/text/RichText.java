package dev.quipu.kg.text;

import dev.quipu.kg.GraphError;
import dev.quipu.kg.GraphException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.WriteLimitReachedException;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.html.JSoupParser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.apache.tika.parser.microsoft.ooxml.OOXMLParser;
import org.apache.tika.parser.pdf.PDFParser;
import org.apache.tika.sax.BodyContentHandler;
import org.apache.tika.sax.SecureContentHandler;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;

/**
 * Reads HTML, PDF and DOCX by Apache Tika, which is an optional dependency: without it these forms are a typed error.
 *
 * <p>Such files come from strangers, so a file, its text, its nesting and the time for it are bounded, and what is
 * embedded in it is left out. A parser that does not end within its time is left behind on a thread of its own.
 *
 * @param fileBytes the largest file
 * @param characters the longest text
 * @param time the longest time
 */
record RichText(long fileBytes, int characters, Duration time) {
    static final RichText STANDARD = new RichText(64L << 20, 20_000_000, Duration.ofSeconds(60));

    /**
     * The text of a file.
     *
     * @param title empty if it says none
     */
    record Read(String title, String text) {}

    /** @throws GraphException if the file cannot be read within its bounds */
    Read read(Path file, String ending) throws IOException {
        long size = Files.size(file);
        if (size > fileBytes) {
            throw refused(file, "has " + size + " bytes; at most " + fileBytes + " are read", null);
        }
        FutureTask<Read> task = new FutureTask<>(parse(file, ending));
        Thread.ofPlatform().daemon().name("quipu-document").start(task);
        try {
            return task.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw refused(file, "takes longer than " + time.toSeconds() + " s to read", e);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw refused(file, "was not read to its end", e);
        } catch (ExecutionException e) {
            throw refused(file, reason(e.getCause() == null ? e : e.getCause()), e.getCause());
        }
    }

    private String reason(Throwable cause) {
        if (cause instanceof NoClassDefFoundError) {
            return "needs Apache Tika. Add tika-parser-html-module, tika-parser-pdf-module and"
                    + " tika-parser-microsoft-module to the class path";
        }
        if (WriteLimitReachedException.isWriteLimitReached(cause)) {
            return "holds more than " + characters + " characters";
        }
        return "cannot be read: " + cause.getMessage();
    }

    private static GraphException refused(
            Path file, String reason, @org.jspecify.annotations.Nullable Throwable cause) {
        return new GraphException(
                GraphError.DOCUMENT, file + " " + reason + ". Leave it out, or index its text as Markdown.", cause);
    }

    private Callable<Read> parse(Path file, String ending) {
        return () -> {
            Metadata metadata = new Metadata();
            BodyContentHandler text = new BodyContentHandler(characters);
            try (TikaInputStream in = TikaInputStream.get(file)) {
                // It compares what comes out with what went in, and counts nesting: the marks of a bomb.
                SecureContentHandler guarded = new SecureContentHandler(text, in);
                try {
                    parser(ending).parse(in, guarded, metadata, context());
                } catch (SAXException e) {
                    guarded.throwIfCauseOf(e);
                    throw e;
                }
            }
            String title = Optional.ofNullable(metadata.get(TikaCoreProperties.TITLE))
                    .orElse("")
                    .strip();
            return new Read(title, text.toString().strip());
        };
    }

    private static Parser parser(String ending) throws TikaException {
        return switch (ending) {
            case "html", "htm" -> new JSoupParser();
            case "pdf" -> new PDFParser();
            case "docx" -> new OOXMLParser();
            default -> throw new TikaException("no parser for ." + ending);
        };
    }

    private static ParseContext context() {
        ParseContext context = new ParseContext();
        OfficeParserConfig office = new OfficeParserConfig();
        // The other way builds the whole document in memory.
        office.setUseSAXDocxExtractor(true);
        context.set(OfficeParserConfig.class, office);
        context.set(EmbeddedDocumentExtractor.class, new EmbeddedDocumentExtractor() {
            @Override
            public boolean shouldParseEmbedded(Metadata metadata) {
                return false;
            }

            @Override
            public void parseEmbedded(InputStream in, ContentHandler handler, Metadata metadata, boolean html) {
                // Left out.
            }
        });
        return context;
    }
}
