package dev.quipu.server;

import dev.quipu.QuipuException;
import dev.quipu.llama.Device;
import dev.quipu.llama.Engine;
import dev.quipu.llama.EngineOptions;
import dev.quipu.llama.catalog.ModelStore;
import dev.quipu.server.doctor.Finding;
import dev.quipu.server.doctor.Machine;
import dev.quipu.server.doctor.Report;
import dev.quipu.server.doctor.SandboxTrial;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What this machine has and lacks. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Looks at this machine: what is here, what is missing, and what fits it.")
final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--json", description = "One JSON object on the last line of standard output.")
    private boolean json;

    @Option(names = "--port", defaultValue = "8080", description = "The port to look at (default: ${DEFAULT-VALUE}).")
    private int port;

    @Override
    public Integer call() {
        Report report = Report.on(
                Machine.here(),
                Home.cache(),
                ModelStore.standard(),
                DoctorCommand::problem,
                Device::all,
                SandboxTrial::finding,
                port);
        if (json) {
            var object = Json.create().put("usable", report.usable());
            object.set("findings", Json.tree(report.findings()));
            object.set("devices", Json.tree(report.devices()));
            object.set("advice", Json.tree(report.advice()));
            System.out.println(object);
        } else {
            report.findings().forEach(DoctorCommand::print);
            System.out.printf(
                    "%nrecommended: --model %s, %d threads%n",
                    report.advice().model(), report.advice().threads());
        }
        return report.usable() ? 0 : 1;
    }

    private static void print(Finding finding) {
        String status = finding.status().name().toLowerCase(Locale.ROOT);
        System.out.printf("%-5s %-10s %s%n", status, finding.name(), finding.found());
        if (!finding.remedy().isEmpty()) {
            System.out.printf("%-16s → %s%n", "", finding.remedy());
        }
    }

    private static Optional<String> problem(Path model) {
        try (Engine engine =
                Engine.load(EngineOptions.builder(model).contextSize(256).build())) {
            return engine.model().vocabulary() > 0 ? Optional.empty() : Optional.of(model + " has no vocabulary");
        } catch (QuipuException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
