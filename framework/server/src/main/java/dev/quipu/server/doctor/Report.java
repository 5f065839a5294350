package dev.quipu.server.doctor;

import dev.quipu.llama.Device;
import dev.quipu.llama.catalog.ModelEntry;
import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.llama.natives.NativeBundle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Everything that was looked at, and what follows from it.
 *
 * @param devices what the engine can compute on
 */
public record Report(List<Finding> findings, List<Device> devices, Advice advice) {
    public Report {
        findings = List.copyOf(findings);
        devices = List.copyOf(devices);
    }

    /** Whether nothing that is needed is missing. */
    public boolean usable() {
        return findings.stream().noneMatch(finding -> finding.status() == Finding.Status.FAIL);
    }

    /**
     * Looks at a machine.
     *
     * @param cache where models and graphs are kept
     * @param store the models
     * @param loads loads a model that is here, so that the engine shows which CPU code it picks
     * @param lists lists what the engine can compute on
     * @param sandbox opens the sandbox and tells what it can do
     * @param port the port that the server would use
     */
    public static Report on(
            Machine machine,
            Path cache,
            ModelStore store,
            EngineTrial loads,
            Supplier<List<Device>> lists,
            Supplier<Finding> sandbox,
            int port) {
        Hardware hardware = new Hardware(machine);
        Software software = new Software(machine);
        int processors = Runtime.getRuntime().availableProcessors();
        Processor processor = Processor.of(machine, processors);
        long memory = hardware.memory();
        List<Finding> findings = new ArrayList<>();
        findings.add(Hardware.processor(processor, processors));
        findings.add(Hardware.memory(memory));
        findings.add(Hardware.disk(cache));
        Devices devices = Devices.of(lists);
        findings.add(devices.finding());
        findings.add(hardware.gpu(devices.found()));
        findings.add(Software.java());
        findings.add(Software.engine());
        List<String> here = store.catalog().models().stream()
                .map(ModelEntry::name)
                .filter(store::has)
                .toList();
        findings.add(
                here.isEmpty()
                        ? Finding.warn(
                                "models",
                                "none here",
                                "The first command that needs one pulls it, or run 'quipu model pull'.")
                        : Finding.ok("models", String.join(", ", here)));
        findings.add(trial(software, store, here, loads));
        findings.add(Software.graph());
        findings.add(software.python());
        findings.add(software.isolation());
        findings.add(sandbox.get());
        findings.add(Software.port(port));
        return new Report(findings, devices.found(), Advice.of(store.catalog().models(), memory, processor.cores()));
    }

    private static Finding trial(Software software, ModelStore store, List<String> here, EngineTrial loads) {
        if (here.isEmpty()) {
            return Finding.ok("loading", "not tried without a model");
        }
        Optional<String> problem = loads.problem(store.path(here.getFirst()));
        if (problem.isPresent()) {
            return Finding.fail("loading", problem.get(), "Pull the model again, or report this with the message.");
        }
        String variant =
                software.cpuVariant().map(name -> ", CPU code '" + name + "'").orElse("");
        return Finding.ok("loading", here.getFirst() + " loads on " + NativeBundle.platform() + variant);
    }
}
