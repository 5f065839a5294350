package dev.quipu.training.internal;

import java.util.Arrays;
import java.util.Locale;

/**
 * A curve over the steps of a training, as SVG. Long ones are drawn by the means of as many parts as there are places.
 *
 * @param first the number of the first step
 * @param smooth whether a running mean is drawn over it
 */
public record Curve(
        String title,
        int first,
        @SuppressWarnings("ArrayRecordComponent") double[] values,
        boolean smooth) {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 200;
    private static final int LEFT = 64;
    private static final int TOP = 10;
    private static final int BOTTOM = 24;
    private static final int GRID = 4;
    private static final int MOST_POINTS = 640;
    private static final double KEPT = 0.9;

    public static Curve plain(String title, int first, double[] values) {
        return new Curve(title, first, values, false);
    }

    public static Curve smoothed(String title, int first, double[] values) {
        return new Curve(title, first, values, true);
    }

    String svg() {
        double[] drawn = means();
        double low = Arrays.stream(drawn).filter(Double::isFinite).min().orElse(0);
        double high = Arrays.stream(drawn).filter(Double::isFinite).max().orElse(1);
        if (high - low < 1e-12) {
            high = low + Math.max(1e-6, Math.abs(low));
        }
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                WIDTH,
                HEIGHT,
                ReportPage.text(title)));
        for (int i = 0; i <= GRID; i++) {
            double value = low + (high - low) * i / GRID;
            double y = y(value, low, high);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    LEFT,
                    WIDTH,
                    y,
                    y));
            svg.append(String.format(
                    Locale.ROOT, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.3g</text>", LEFT - 6, y + 4, value));
        }
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\">step %d</text>", LEFT, HEIGHT - 6, first));
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d</text>",
                WIDTH,
                HEIGHT - 6,
                first + values.length - 1));
        svg.append(line(drawn, low, high, smooth ? "raw" : "main"));
        if (smooth) {
            svg.append(line(runningMean(drawn), low, high, "main"));
        }
        return svg.append("</svg>").toString();
    }

    private double[] means() {
        int count = Math.min(values.length, MOST_POINTS);
        double[] means = new double[count];
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) i * values.length / count);
            int to = (int) ((long) (i + 1) * values.length / count);
            means[i] = Arrays.stream(values, from, to).average().orElse(Double.NaN);
        }
        return means;
    }

    /** Counts the beginning as what is known of it, so that it does not start at zero. */
    private static double[] runningMean(double[] values) {
        double[] means = new double[values.length];
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < values.length; i++) {
            sum = KEPT * sum + values[i];
            weight = KEPT * weight + 1;
            means[i] = sum / weight;
        }
        return means;
    }

    private static String line(double[] values, double low, double high, String kind) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i])) {
                double x = LEFT + (WIDTH - LEFT) * (values.length == 1 ? 0.5 : (double) i / (values.length - 1));
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y(values[i], low, high)));
            }
        }
        return "<polyline class=\"" + kind + "\" points=\"" + points.toString().strip() + "\"/>";
    }

    private static double y(double value, double low, double high) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / (high - low));
    }
}
