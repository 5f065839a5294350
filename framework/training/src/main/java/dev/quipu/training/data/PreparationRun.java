package dev.quipu.training.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** A preparation under way, with its working files in a hidden folder beside the output. */
final class PreparationRun implements AutoCloseable {
    private static final int TOLD_EVERY = 1000;

    private final Preparation plan;
    private final Path work;
    private final Spool spool;
    private final NearDuplicates copies;
    private final Tally tally = new Tally();
    private final Map<String, Integer> masked = new TreeMap<>();
    private final Map<String, Long> languages = new TreeMap<>();
    private long read;
    private long cut;
    private long bytes;
    private long augmented;

    PreparationRun(Preparation plan) {
        this.plan = plan;
        work = plan.out().resolveSibling("." + plan.out().getFileName() + ".work");
        try {
            Files.createDirectories(Objects.requireNonNull(work.getParent()));
            delete(work);
            Files.createDirectory(work);
        } catch (IOException e) {
            throw new DataException(DataError.OUTPUT, "The working folder " + work + " cannot be made: " + e + ".", e);
        }
        spool = new Spool(work.resolve("rows"));
        copies = new NearDuplicates(
                work.resolve("prints"),
                plan.shares().isWhole() ? plan.deduplication().withoutKin() : plan.deduplication());
    }

    PreparationReport run(List<RowSource> sources, LongConsumer progress) {
        for (RowSource source : sources) {
            source.read(row -> {
                accept(row);
                if (++read % TOLD_EVERY == 0) {
                    progress.accept(read);
                }
            });
        }
        Duplicates found = copies.find(id -> spool.text(copies.place(id)));
        tellCopies(found);
        return write(found, Division.of(found, plan.shares()));
    }

    private void accept(Row row) {
        Content content = row.content().map(text -> plan.masks().mask(text, masked));
        if (plan.cutting() && content instanceof Content.Document document) {
            content = document.map(Boilerplate::cut);
            cut += content.equals(document) ? 0 : 1;
        }
        Row clean = row.with(content);
        Reading reading = Reading.of(clean.text());
        for (RowFilter filter : plan.filters()) {
            Optional<Finding> finding = filter.check(clean, reading);
            if (finding.isPresent()) {
                tally.add(finding.get(), row.place(), clean.text());
                return;
            }
        }
        languages.merge(reading.language(), 1L, Long::sum);
        copies.add(clean.text(), row.group(), spool.add(clean));
    }

    private void tellCopies(Duplicates found) {
        for (int id = 0; id < found.size(); id++) {
            if (found.isCopy(id)) {
                long place = copies.place(id);
                String of = spool.origin(copies.place(found.original(id)));
                tally.add(
                        new Finding(found.isEqual(id) ? "duplicate" : "near duplicate", "of " + of),
                        spool.origin(place),
                        spool.text(place));
            }
        }
    }

    private PreparationReport write(Duplicates found, Division division) {
        Map<Part, OutputFile> files = new EnumMap<>(Part.class);
        try {
            for (Part part : parts()) {
                files.put(part, new OutputFile(plan.file(part)));
            }
            for (int id = 0; id < found.size(); id++) {
                if (!found.isCopy(id)) {
                    byte[] json = spool.json(copies.place(id));
                    bytes += json.length;
                    OutputFile file = Objects.requireNonNull(files.get(division.of(id)));
                    file.line(json);
                    if (division.of(id) == Part.TRAIN) {
                        otherwise(id, file);
                    }
                }
            }
            PreparationReport report = report(files, division.largestFamily());
            if (report.kept() == 0) {
                throw new DataException(DataError.EMPTY, "Of " + read + " rows none is left: " + report.told() + ".");
            }
            publish(files, report);
            return report;
        } finally {
            files.values().forEach(OutputFile::close);
        }
    }

    private void otherwise(int id, OutputFile file) {
        for (Augmentation augmentation : plan.augmentations()) {
            SplittableRandom random = new SplittableRandom(plan.shares().seed() + id);
            augmentation.of(spool.content(copies.place(id)), random).ifPresent(content -> {
                file.line(RowJson.write(content).toString().getBytes(StandardCharsets.UTF_8));
                augmented++;
            });
        }
    }

    private List<Part> parts() {
        return Stream.of(Part.values())
                .filter(part -> switch (part) {
                    case TRAIN -> true;
                    case VALIDATION -> plan.shares().validation() > 0;
                    case TEST -> plan.shares().test() > 0;
                })
                .toList();
    }

    private PreparationReport report(Map<Part, OutputFile> files, int largestFamily) {
        Map<Part, Long> rows = new EnumMap<>(Part.class);
        files.forEach((part, file) -> rows.put(part, file.lines()));
        return new PreparationReport(
                read,
                rows,
                tally.removals(),
                new LinkedHashMap<>(masked),
                cut,
                languages,
                bytes,
                largestFamily,
                augmented);
    }

    /** Everything is on the disk before the first file takes its name; the one that training reads takes it last. */
    private void publish(Map<Part, OutputFile> files, PreparationReport report) {
        try (OutputFile markdown = new OutputFile(plan.report("md"));
                OutputFile json = new OutputFile(plan.report("json"))) {
            markdown.text(report.markdown());
            json.text(report.json().toPrettyString());
            List<OutputFile> all = Stream.concat(
                            Stream.of(markdown, json), files.values().stream().toList().reversed().stream())
                    .toList();
            all.forEach(OutputFile::finish);
            all.forEach(OutputFile::publish);
        }
    }

    @Override
    public void close() {
        copies.close();
        spool.close();
        try {
            delete(work);
        } catch (IOException e) {
            throw new DataException(
                    DataError.OUTPUT, "The working folder " + work + " cannot be deleted: " + e + ".", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
