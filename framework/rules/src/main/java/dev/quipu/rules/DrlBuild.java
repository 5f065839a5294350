package dev.quipu.rules;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.model.codegen.ExecutableModelProject;
import org.drools.modelcompiler.CanonicalKieModule;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;

/** One run of the Drools compiler, which turns DRL into the Java classes of an executable model. */
final class DrlBuild {
    private static final String ROOT = "src/main/resources/";

    private final KieServices services = KieServices.Factory.get();
    private final ClassLoader loader;
    private final Map<String, String> names = new HashMap<>();

    /** @param loader finds the classes that rules import */
    DrlBuild(ClassLoader loader) {
        this.loader = loader;
    }

    Result run(List<DrlFile> files, List<RuleSource> sources) {
        KieFileSystem memory = services.newKieFileSystem();
        ReleaseId release = services.newReleaseId("dev.quipu", "rules", "1");
        memory.generateAndWritePomXML(release);
        for (int i = 0; i < files.size(); i++) {
            // The compiler warns about a file whose folder is not its package; the number keeps equal names apart.
            String folder = files.get(i).content().getName().replace('.', '/');
            String path =
                    "%s/%03d-%s".formatted(folder, i, sources.get(i).name().replaceAll("[^\\w.-]", "_"));
            names.put(path, sources.get(i).name());
            memory.write(ROOT + path, sources.get(i).text());
        }
        KieBuilder builder = services.newKieBuilder(memory, loader).buildAll(ExecutableModelProject.class);
        List<Message> errors = builder.getResults().getMessages(Message.Level.ERROR);
        // The repository is one for the whole process, would keep every version, and is not asked again.
        services.getRepository().removeKieModule(release);
        return errors.isEmpty()
                ? new Result(List.of(), classes((InternalKieModule) builder.getKieModule(), release))
                : new Result(failures(errors), new CompiledRules(List.of(), Map.of()));
    }

    private static CompiledRules classes(InternalKieModule module, ReleaseId release) {
        Map<String, byte[]> classes = new HashMap<>();
        List<String> models = new ArrayList<>();
        for (String file : module.getFileNames()) {
            if (file.endsWith(".class")) {
                String name =
                        file.substring(0, file.length() - ".class".length()).replace('/', '.');
                classes.put(name, module.getBytes(file));
            } else if (file.equals(CanonicalKieModule.getModelFileWithGAV(release))) {
                new String(module.getBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith(CanonicalKieModule.MODEL_VERSION))
                        .forEach(models::add);
            }
        }
        return new CompiledRules(models, classes);
    }

    private List<Failure> failures(List<Message> errors) {
        Map<String, String> javaSources = new HashMap<>();
        List<Failure> failures = new ArrayList<>();
        for (Message error : errors) {
            String path = error.getPath() == null ? "" : error.getPath();
            if (path.endsWith(".java") && error.getLine() <= 0) {
                javaSources.put(path, error.getText());
            }
        }
        for (Message error : errors) {
            String path = error.getPath() == null ? "" : error.getPath();
            if (!path.endsWith(".java")) {
                failures.add(new Failure(names.getOrDefault(path, ""), error.getLine(), error.getText(), ""));
            } else if (error.getLine() > 0) {
                failures.add(new Failure(
                        "", 0, error.getText(), lineOf(javaSources.getOrDefault(path, ""), error.getLine())));
            }
        }
        return failures;
    }

    /** The compiler heads the generated source with a line of its own. */
    private static String lineOf(String headed, int line) {
        List<String> lines = headed.lines().toList();
        return line < lines.size() ? lines.get(line).strip() : "";
    }

    /** What came of a run: failures, or classes. */
    record Result(List<Failure> failures, CompiledRules rules) {}

    /**
     * What the compiler complains about.
     *
     * @param file the rule file; empty when it complains about Java that it generated itself
     * @param line the line it names; 0 or less for none
     * @param java the generated line it complains about; empty for none
     */
    record Failure(String file, int line, String text, String java) {}
}
