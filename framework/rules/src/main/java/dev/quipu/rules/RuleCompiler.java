package dev.quipu.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.drl.ast.descr.GlobalDescr;
import org.drools.drl.ast.descr.RuleDescr;

/** Checks rule files and compiles them. */
final class RuleCompiler {
    private final DrlGuard guard;
    private final ClassLoader loader;

    RuleCompiler(Set<String> allowedPackages, ClassLoader loader) {
        this.guard = new DrlGuard(allowedPackages);
        this.loader = loader;
    }

    /** @throws RulesException with every problem of all files if there is one */
    CompiledRules compile(List<RuleSource> sources) {
        refuse(
                RulesError.FORBIDDEN,
                sources.stream().flatMap(source -> guard.check(source).stream()).toList());
        List<RuleProblem> problems = new ArrayList<>();
        List<DrlFile> files = sources.stream()
                .flatMap(source -> DrlFile.parse(source, problems).stream())
                .toList();
        refuse(RulesError.COMPILE, problems);
        files.forEach(file -> problems.addAll(file.structure()));
        problems.addAll(acrossFiles(files));
        refuse(RulesError.COMPILE, problems);
        DrlBuild.Result result = new DrlBuild(loader).run(files, sources);
        if (!result.failures().isEmpty()) {
            refuse(RulesError.COMPILE, new FailureLocator(files, loader).locate(result.failures()));
        }
        return result.rules();
    }

    private static List<RuleProblem> acrossFiles(List<DrlFile> files) {
        List<RuleProblem> problems = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        Set<String> packagesWithGlobal = new HashSet<>();
        for (DrlFile file : files) {
            List<GlobalDescr> globals = file.content().getGlobals();
            if (!globals.isEmpty()) {
                packagesWithGlobal.add(file.content().getName());
            }
        }
        for (DrlFile file : files) {
            if (!packagesWithGlobal.contains(file.content().getName())) {
                problems.add(file.problem(1, "The line is missing: global Decisions decisions"));
            }
            for (RuleDescr rule : file.rules()) {
                String place = file.source().name() + ":" + rule.getLine();
                String first = places.putIfAbsent(rule.getName(), place);
                if (first != null) {
                    problems.add(file.problem(
                            rule.getLine(), "The rule \"%s\" is already in %s.".formatted(rule.getName(), first)));
                }
            }
        }
        if (places.isEmpty()) {
            problems.add(new RuleProblem(files.getFirst().source().name(), 0, "There is no rule in any file."));
        }
        return problems;
    }

    private static void refuse(RulesError error, List<RuleProblem> problems) {
        if (!problems.isEmpty()) {
            throw new RulesException(error, problems);
        }
    }
}
