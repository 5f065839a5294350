package dev.quipu.rules;

/**
 * The text of one rule file.
 *
 * @param name what problems call it: its path relative to the folder, or the name under which it was given
 * @param text its DRL
 */
record RuleSource(String name, String text) {}
