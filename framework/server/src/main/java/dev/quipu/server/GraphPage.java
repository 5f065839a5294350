package dev.quipu.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quipu.Subgraph;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/**
 * An interactive page of a graph in one file that loads nothing: Cytoscape.js (MIT), which draws it, stands in the page.
 * What the graph says is data to the page, never a part of it: it comes as JSON whose every {@code <} is escaped, and is
 * put on the screen as text.
 */
final class GraphPage {
    private static final String LIBRARY = "/META-INF/resources/webjars/cytoscape/";
    private static final String VERSION = "/META-INF/maven/org.webjars.npm/cytoscape/pom.properties";

    private GraphPage() {}

    static String of(String title, Subgraph graph) {
        ObjectNode data = Json.create().put("title", title);
        ArrayNode nodes = data.putArray("nodes");
        graph.nodes()
                .forEach(n -> nodes.addObject()
                        .putObject("data")
                        .put("id", n.id())
                        .put("group", n.label())
                        .put("caption", n.caption()));
        ArrayNode edges = data.putArray("edges");
        graph.edges()
                .forEach(e -> edges.addObject()
                        .putObject("data")
                        .put("source", e.from())
                        .put("target", e.to())
                        .put("caption", e.type()));
        // The first marker that is replaced must not be one that the data or the library hold.
        String page = resource("/dev/quipu/server/graph.html");
        int library = page.indexOf("/*LIBRARY*/");
        int json = page.indexOf("/*DATA*/");
        return page.substring(0, library)
                + library().replace("</script", "<\\/script")
                + page.substring(library + "/*LIBRARY*/".length(), json)
                + Json.write(data)
                        .replace("<", "\\u003c")
                        .replace("\u2028", "\\u2028")
                        .replace("\u2029", "\\u2029")
                + page.substring(json + "/*DATA*/".length());
    }

    private static String library() {
        Properties properties = new Properties();
        try (InputStream in = open(VERSION)) {
            properties.load(in);
        } catch (IOException e) {
            throw unreadable(VERSION, e);
        }
        return resource(LIBRARY + properties.getProperty("version") + "/dist/cytoscape.min.js");
    }

    private static String resource(String name) {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static InputStream open(String name) {
        return Optional.ofNullable(GraphPage.class.getResourceAsStream(name))
                .orElseThrow(() -> unreadable(name, new IOException("it is not on the class path")));
    }

    private static ServerException unreadable(String name, IOException e) {
        return new ServerException(ServerError.IO, name + " cannot be read: " + e.getMessage() + ".", e);
    }
}
