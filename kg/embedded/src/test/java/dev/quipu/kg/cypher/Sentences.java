package dev.quipu.kg.cypher;

import java.util.random.RandomGenerator;

/** Random sentences of a grammar. */
final class Sentences {
    private static final int LONG = 400;

    private final Gbnf grammar;
    private final RandomGenerator random;
    private final StringBuilder out = new StringBuilder();

    private Sentences(Gbnf grammar, RandomGenerator random) {
        this.grammar = grammar;
        this.random = random;
    }

    static String one(Gbnf grammar, RandomGenerator random) {
        Sentences sentence = new Sentences(grammar, random);
        sentence.write(new Gbnf.Rule("root"));
        return sentence.out.toString();
    }

    private void write(Gbnf.Part part) {
        switch (part) {
            case Gbnf.Text text -> out.append(text.text());
            case Gbnf.Rule rule ->
                write(java.util.Objects.requireNonNull(grammar.rules().get(rule.name())));
            case Gbnf.Sequence sequence -> sequence.parts().forEach(this::write);
            case Gbnf.Choice choice ->
                write(choice.options().get(random.nextInt(choice.options().size())));
            case Gbnf.Repeat repeat -> {
                int times = out.length() > LONG ? 0 : random.nextInt(repeat.most() + 1);
                for (int i = 0; i < times; i++) {
                    write(repeat.part());
                }
            }
        }
    }
}
