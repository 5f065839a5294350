package dev.quipu.rules;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a policy is built from. */
record RuleSettings(
        List<Path> folders,
        List<RuleSource> texts,
        Set<String> packages,
        int fireLimit,
        Duration deadline,
        Clock clock,
        Optional<Path> cache) {
    RuleSettings {
        folders = List.copyOf(folders);
        texts = List.copyOf(texts);
        packages = Set.copyOf(packages);
    }

    /** The rules as they are now. */
    List<RuleSource> sources() {
        List<RuleSource> sources = new ArrayList<>();
        folders.forEach(folder -> sources.addAll(new RuleFolder(folder).read()));
        sources.addAll(texts);
        return sources;
    }
}
