package touchstone.viz;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import touchstone.metrics.ConfusionMatrix;
import touchstone.util.Check;

/** A confusion matrix as a heat map: counts in the cells, the share of the true class as the shade. */
public final class ConfusionHeatMap {
    private static final int TOP = 44;
    private static final int BOTTOM = 58;
    private static final int RIGHT = 20;

    private ConfusionHeatMap() {}

    /** The map with the numbers of the classes as names. */
    public static Picture of(ConfusionMatrix matrix) {
        return of(
                matrix,
                IntStream.range(0, matrix.classes()).mapToObj(String::valueOf).toList());
    }

    /** The map with names of the classes, [c]. */
    public static Picture of(ConfusionMatrix matrix, List<String> names) {
        int n = matrix.classes();
        Check.sameLength(names.size(), "names", n, "classes");
        int cell = Math.max(22, Math.min(44, 420 / n));
        int[][] counts = matrix.counts();
        int left = 52 + 8 * names.stream().mapToInt(String::length).max().orElse(1);
        int width = left + n * cell + RIGHT;
        return Picture.draw(width, TOP + n * cell + BOTTOM, describe(matrix, counts, names), g -> {
            for (int i = 0; i < n; i++) {
                int total = Arrays.stream(counts[i]).sum();
                for (int j = 0; j < n; j++) {
                    double share = total == 0 ? 0 : (double) counts[i][j] / total;
                    cell(g, left + j * cell, TOP + i * cell, cell, counts[i][j], share);
                }
                text(g, names.get(i), left - 10, TOP + i * cell + cell / 2, 1);
                text(g, names.get(i), left + i * cell + cell / 2, TOP + n * cell + 14, 0.5);
            }
            titles(g, matrix, left, cell * n);
        });
    }

    private static void titles(Graphics2D g, ConfusionMatrix matrix, int left, int side) {
        g.setColor(Theme.INK);
        g.setFont(Theme.font(Font.BOLD, 14));
        text(g, String.format(Locale.ROOT, "Confusion (accuracy %.3f)", matrix.accuracy()), left + side / 2, 20, 0.5);
        g.setFont(Theme.font(Font.PLAIN, 13));
        text(g, "predicted", left + side / 2, TOP + side + 40, 0.5);
        var before = g.getTransform();
        g.rotate(-Math.PI / 2, 22, TOP + side / 2.0);
        text(g, "true", 22, TOP + side / 2, 0.5);
        g.setTransform(before);
    }

    private static void cell(Graphics2D g, int x, int y, int size, int count, double share) {
        g.setColor(shade(share));
        g.fillRect(x, y, size - 1, size - 1);
        g.setFont(Theme.font(Font.PLAIN, size < 30 ? 10 : 12));
        g.setColor(count == 0 ? Theme.FAINT : share > 0.55 ? Color.WHITE : Theme.INK);
        text(g, count == 0 ? "·" : String.valueOf(count), x + size / 2, y + size / 2, 0.5);
        g.setColor(Theme.INK);
        g.setFont(Theme.font(Font.PLAIN, 12));
    }

    /** From near white to the first series colour; the square root lifts rare confusions into view. */
    private static Color shade(double share) {
        double t = Math.sqrt(share);
        Color full = Theme.colour(0);
        return new Color(mix(244, full.getRed(), t), mix(246, full.getGreen(), t), mix(248, full.getBlue(), t));
    }

    private static int mix(int from, int to, double t) {
        return (int) Math.round(from + (to - from) * t);
    }

    /** Text with its middle at y and, by align, its left (0), middle (0.5) or right (1) at x. */
    private static void text(Graphics2D g, String text, int x, int y, double align) {
        var metrics = g.getFontMetrics();
        float left = (float) (x - align * metrics.stringWidth(text));
        g.drawString(text, left, y + (metrics.getAscent() - metrics.getDescent()) / 2f);
    }

    private static String describe(ConfusionMatrix matrix, int[][] counts, List<String> names) {
        var mistakes = new ArrayList<int[]>();
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts.length; j++) {
                if (i != j && counts[i][j] > 0) {
                    mistakes.add(new int[] {counts[i][j], i, j});
                }
            }
        }
        mistakes.sort((a, b) -> Integer.compare(b[0], a[0]));
        List<String> worst = mistakes.stream()
                .limit(3)
                .map(m -> names.get(m[1]) + " taken for " + names.get(m[2]) + " (" + m[0] + ")")
                .toList();
        return String.format(
                Locale.ROOT,
                "confusion matrix of %d classes, accuracy %.3f; %s",
                counts.length,
                matrix.accuracy(),
                worst.isEmpty() ? "no mistakes" : "most often " + String.join(", ", worst));
    }
}
