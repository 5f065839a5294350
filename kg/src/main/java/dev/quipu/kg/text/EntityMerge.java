package dev.quipu.kg.text;

/**
 * A form of a name that became an entity of another name.
 *
 * @param form as it stands in the passage, its title or its aliases
 * @param entity the key of the entity that it is taken for
 * @param passage the id of the passage that says so
 */
public record EntityMerge(String form, String entity, MergeRule rule, String passage) {}
