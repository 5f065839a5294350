package dev.quipu.llama.template;

/** Text that grows within the bounds of its rendering. */
final class Output {
    private final Execution run;
    private final StringBuilder text = new StringBuilder();

    Output(Execution run) {
        this.run = run;
    }

    Output append(String more) {
        int length = text.length() + more.length();
        if (length > run.limits().textCharacters() || length < 0) {
            run.text(Integer.MAX_VALUE);
        }
        run.text(more.length());
        text.append(more);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
