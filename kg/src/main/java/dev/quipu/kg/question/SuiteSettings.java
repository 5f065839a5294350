package dev.quipu.kg.question;

import dev.quipu.Language;
import dev.quipu.kg.internal.YamlMap;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a suite says of itself.
 *
 * @param tenant the business, for identities
 * @param today the day on which its sample data is current, absent for live data
 * @param demoCustomer the customer that a demonstration is signed in as, empty for a visitor
 * @param demoQuestions questions to begin with
 */
public record SuiteSettings(
        String name,
        String tenant,
        Optional<LocalDate> today,
        String demoCustomer,
        Map<Language, List<String>> demoQuestions) {
    public SuiteSettings {
        demoQuestions = Map.copyOf(demoQuestions);
    }

    /** Reads {@code suite.yaml} of a folder. */
    public static SuiteSettings read(Path folder) {
        YamlMap yaml = YamlMap.read(folder.resolve("suite.yaml"), false);
        YamlMap demo = yaml.map("demo").only("customer", "questions");
        YamlMap asked = demo.map("questions");
        Map<Language, List<String>> questions = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            questions.put(language, asked.texts(language.tag()));
        }
        return new SuiteSettings(
                yaml.text("name"),
                yaml.text("tenant", yaml.text("name")),
                yaml.raw("today") instanceof java.util.Date date
                        ? Optional.of(LocalDate.ofInstant(date.toInstant(), java.time.ZoneOffset.UTC))
                        : Optional.empty(),
                demo.text("customer", ""),
                questions);
    }
}
