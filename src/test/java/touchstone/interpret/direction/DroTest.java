package touchstone.interpret.direction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import touchstone.nn.Backend;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.TransformerConfig;
import touchstone.testing.Differences;
import touchstone.util.Logistic;
import touchstone.util.Seeds;

class DroTest {
    private static final Backend DOUBLES = Cpu.doubles(1);
    private static final int[] WRITTEN = {6, 2};

    private static double[][] rows(int n, int d, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "rows");
        var rows = new double[n][d];
        for (double[] row : rows) {
            Arrays.setAll(row, j -> (j + 1) * rng.nextGaussian());
        }
        return rows;
    }

    private static boolean[] everyOther(int n) {
        var out = new boolean[n];
        for (int i = 0; i < n; i += 2) {
            out[i] = true;
        }
        return out;
    }

    private static RefusalSpace space(int d) {
        double[][] x = rows(30, d, 1);
        double[] refused = Arrays.stream(x)
                .mapToDouble(r -> Logistic.sigmoid(r[d - 1] - r[0]))
                .toArray();
        return RefusalSpace.fit(x, refused, everyOther(30), 3, 0.01);
    }

    /** At the minimum the slopes vanish: the mean of residuals times rows is what the ridge holds against. */
    @Test
    void logisticModelIsAtItsMinimum() {
        double[][] x = rows(40, 3, 2);
        double[] y = Seeds.rng(3, "y").doubles(40).toArray();
        LogisticReadout fitted = LogisticReadout.fit(x, y, 0.05);
        var slope = new double[4];
        for (int i = 0; i < 40; i++) {
            double gap = (Logistic.sigmoid(fitted.logit(x[i])) - y[i]) / 40;
            slope[3] += gap;
            for (int j = 0; j < 3; j++) {
                slope[j] += gap * x[i][j];
            }
        }
        for (int j = 0; j < 3; j++) {
            assertEquals(0, slope[j] + 0.05 * fitted.weights()[j], 1e-7);
        }
        assertEquals(0, slope[3], 1e-7);
    }

    @Test
    void partedRowsHaveFiniteWeights() {
        LogisticReadout fitted = LogisticReadout.fit(new double[][] {{-1}, {1}}, new double[] {0, 1}, 0.01);
        assertTrue(fitted.weights()[0] > 1 && fitted.weights()[0] < 100, Arrays.toString(fitted.weights()));
        assertEquals(0, fitted.bias(), 1e-9);
    }

    @Test
    void alongTheRefusalDirectionTheRefusalLogitRisesFastest() {
        RefusalSpace space = space(5);
        double[] zero = new double[5];
        double[] u = space.refusalDirection().unit();
        double[] w = space.refusal().weights();
        double length = Math.sqrt(Arrays.stream(w).map(v -> v * v).sum());
        double rise = logit(space, u) - logit(space, zero);
        assertEquals(length, rise, 1e-9);
    }

    private static double logit(RefusalSpace space, double[] row) {
        return space.refusal().logit(Arrays.copyOf(space.coordinates(new double[][] {row})[0], 3));
    }

    @Test
    void slopesOfTheLossAreItsSlopes() {
        var loss = new DroLoss(space(5), 0.3, 0.2);
        double[][] start = rows(4, 5, 5);
        boolean[] harmful = everyOther(4);
        double[] flat =
                Arrays.stream(rows(4, 5, 6)).flatMapToDouble(Arrays::stream).toArray();
        var slopes = new double[4][5];
        loss.add(shaped(flat), start, harmful, slopes);
        Differences.check(
                x -> loss.add(shaped(x), start, harmful, new double[4][5]),
                flat,
                Arrays.stream(slopes).flatMapToDouble(Arrays::stream).toArray(),
                "slope by the representations");
    }

    private static double[][] shaped(double[] flat) {
        var rows = new double[flat.length / 5][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, 5 * i, 5 * i + 5));
        return rows;
    }

    @Test
    void atTheStartTheLossIsThatOfNoChange() {
        double[][] x = rows(4, 5, 5);
        double loss = DroLoss.of(space(5)).add(x, x, everyOther(4), new double[4][5]);
        assertEquals(1.01 * Math.log(2), loss, 1e-12);
    }

    private static LanguageModel model() {
        return LanguageModel.of(DOUBLES, new TransformerConfig(7, 8, 8, 2, 2, false), 3);
    }

    private static List<int[]> prompts(int n) {
        var all = new ArrayList<int[]>();
        for (int i = 0; i < n; i++) {
            all.add(Seeds.rng(i, "prompt").ints(3 + i % 2, 0, 7).toArray());
        }
        return all;
    }

    private static RefusalSpace spaceOf(LanguageModel model, int n) {
        double[][] hidden = Dro.hidden(model, prompts(n));
        double[] refused = Seeds.rng(9, "refused").doubles(n).toArray();
        return RefusalSpace.fit(hidden, refused, everyOther(n), 3, 0.01);
    }

    @Test
    void gradientByTheSoftPromptIsThatOfTheLoss() {
        LanguageModel model = model();
        var loss = new DroLoss(spaceOf(model, 12), 0.3, 0.2);
        double[][] start = Dro.hidden(model, together(prompts(12)));
        double[] x = Arrays.stream(SoftPrompt.of(model, 1, 3).rows())
                .flatMapToDouble(Arrays::stream)
                .toArray();
        int[] which = {1, 4, 5, 8};
        var slopes = new double[2][8];
        Dro.add(
                model,
                new SoftPrompt.Overwrite(two(x), slopes),
                loss,
                together(prompts(12)),
                everyOther(12),
                start,
                which);
        Differences.check(
                v -> Dro.add(
                        model,
                        new SoftPrompt.Overwrite(two(v), new double[2][8]),
                        loss,
                        together(prompts(12)),
                        everyOther(12),
                        start,
                        which),
                x,
                Arrays.stream(slopes).flatMapToDouble(Arrays::stream).toArray(),
                "slope by the soft prompt");
    }

    private static double[][] two(double[] flat) {
        return new double[][] {Arrays.copyOf(flat, 8), Arrays.copyOfRange(flat, 8, 16)};
    }

    @Test
    void vectorsOfWrittenWordsDoWhatTheWordsDo() {
        LanguageModel model = model();
        int[] other = {0, 0, 3, 1, 4};
        assertArrayEquals(
                model.next(6, 2, 3, 1, 4),
                SoftPrompt.of(model, WRITTEN).in(model).next(other),
                1e-15);
    }

    @Test
    void trainingLowersTheLossAndLeavesTheModel() {
        LanguageModel model = model();
        double[] before = model.next(1, 2, 3);
        var loss = DroLoss.of(spaceOf(model, 12));
        List<int[]> asked = together(prompts(12));
        double[][] start = Dro.hidden(model, asked);
        SoftPrompt soft = Dro.defaults().withSteps(60).withRate(1e-2).fit(model, loss, asked, everyOther(12), 2);
        double at = loss.add(Dro.hidden(soft.in(model), asked), start, everyOther(12), new double[12][8]);
        double first = loss.add(start, start, everyOther(12), new double[12][8]);
        assertTrue(at < first - 0.01, at + " after " + first);
        assertArrayEquals(before, model.next(1, 2, 3));
    }

    private static List<int[]> together(List<int[]> prompts) {
        return prompts.stream()
                .map(p -> {
                    int[] all = Arrays.copyOf(WRITTEN, WRITTEN.length + p.length);
                    System.arraycopy(p, 0, all, WRITTEN.length, p.length);
                    return all;
                })
                .toList();
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "dimensions must lie in [0, 5), was 5",
                message(() -> RefusalSpace.fit(rows(9, 5, 1), new double[9], new boolean[9], 5, 1)));
        assertEquals(
                "length of vector must be a finite number above 0, was 0.0",
                message(() -> new Direction(new double[2])));
        assertEquals("words of prompts[0] must be at least 3, was 2", message(() -> Dro.defaults()
                .fit(model(), DroLoss.of(space(8)), List.of(WRITTEN), new boolean[1], 2)));
    }

    private static String message(org.junit.jupiter.api.function.Executable run) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, run).getMessage());
    }
}
