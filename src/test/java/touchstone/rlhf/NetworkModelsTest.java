package touchstone.rlhf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import touchstone.nn.Layer;
import touchstone.nn.Trainer;
import touchstone.nn.layer.Dense;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Schedule;
import touchstone.rlhf.loss.BradleyTerry;
import touchstone.rlhf.loss.CostLoss;
import touchstone.rlhf.loss.OrdinalSeverity;
import touchstone.util.Logistic;
import touchstone.util.Seeds;

class NetworkModelsTest {
    private static final double[] TRUTH = {1.2, -0.8, 0.3};
    private static final List<Layer.Spec> LINEAR = List.of(Dense.of(1));
    private static final double SETTLED = 2e-4; // gradients after descent in float32 with a rate that ends near 0

    /** Whole batches, no decay, a rate that falls to 0: goes to the optimum of a convex loss. */
    private static Trainer exact() {
        return Trainer.defaults()
                .withBatch(1000)
                .withEpochs(1500)
                .withOptimizer(AdamW.defaults().withDecay(0), Schedule.cosine(0.05, 1e-6));
    }

    private static double[][] rows(int n, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "rows");
        var rows = new double[n][TRUTH.length];
        for (double[] row : rows) {
            java.util.Arrays.setAll(row, j -> rng.nextGaussian());
        }
        return rows;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    /** Chosen and rejected rows drawn by the Bradley-Terry law of the truth. */
    private static double[][][] pairs(int n, long seed) {
        double[][] a = rows(n, seed);
        double[][] b = rows(n, seed + 100);
        RandomGenerator rng = Seeds.rng(seed, "labels");
        for (int i = 0; i < n; i++) {
            if (rng.nextDouble() > Logistic.sigmoid(dot(TRUTH, a[i]) - dot(TRUTH, b[i]))) {
                double[] swap = a[i];
                a[i] = b[i];
                b[i] = swap;
            }
        }
        return new double[][][] {a, b};
    }

    /** A linear network without decay ends where Newton's method ends. */
    @Test
    void aLinearNetworkFindsTheExactOptimum() {
        double[][][] p = pairs(300, 1);
        var fitted = NetworkRewardModel.defaults()
                .withLayers(LINEAR)
                .withTrainer(exact())
                .fit(p[0], p[1]);
        var differences = new double[300][3];
        for (int i = 0; i < 300; i++) {
            for (int j = 0; j < 3; j++) {
                differences[i][j] = p[0][i][j] - p[1][i][j];
            }
        }
        double[] w = LinearRewardModel.weights(differences, 0);
        double[] margins = fitted.reward().margins(p[0], p[1]);
        for (int i = 0; i < 300; i++) {
            assertEquals(
                    dot(w, differences[i]), margins[i], 0.01); // gradients of 2e-4 over curvatures of 0.05 and more
        }
        assertEquals(fitted.verdict(), "in order on " + hits(margins) + " of 300 training pairs");
        assertEquals(1500, fitted.losses().size());
        assertEquals(
                BradleyTerry.defaults()
                        .of(fitted.reward().of(p[0]), fitted.reward().of(p[1]))
                        .loss(),
                fitted.losses().get(1499),
                1e-6); // the last step moves next to nothing
    }

    private static int hits(double[] margins) {
        return (int) java.util.Arrays.stream(margins).filter(m -> m > 0).count();
    }

    /** Margins, centring and smoothing reach the loss: at the optimum its gradient by the weights and the bias is 0. */
    @Test
    void optionsOfTheLossReachTheOptimum() {
        double[][][] p = pairs(200, 2);
        var margin = new double[200];
        java.util.Arrays.setAll(margin, i -> 0.5 * (i % 3));
        var loss = BradleyTerry.defaults().withCentring(0.05).withLabelSmoothing(0.1);
        var fitted = NetworkRewardModel.defaults()
                .withLayers(LINEAR)
                .withLoss(loss)
                .withTrainer(exact())
                .fit(p[0], p[1], margin);
        double[] chosen = fitted.reward().of(p[0]);
        double[] rejected = fitted.reward().of(p[1]);
        var at = loss.of(chosen, rejected, margin);
        assertEquals(0, gradient(p[0], at.gradChosen(), p[1], at.gradRejected()), SETTLED);
        var plain = NetworkRewardModel.defaults()
                .withLayers(LINEAR)
                .withTrainer(exact())
                .fit(p[0], p[1]);
        assertTrue(gradient(
                        p[0],
                        loss.of(plain.reward().of(p[0]), plain.reward().of(p[1]), margin)
                                .gradChosen(),
                        p[1],
                        loss.of(plain.reward().of(p[0]), plain.reward().of(p[1]), margin)
                                .gradRejected())
                > 50 * SETTLED);
    }

    /** The longest component of the gradient by a linear map's weights and bias. */
    private static double gradient(double[][] a, double[] byA, double[][] b, double[] byB) {
        var sums = new double[TRUTH.length + 1];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < TRUTH.length; j++) {
                sums[j] += byA[i] * a[i][j] + byB[i] * b[i][j];
            }
            sums[TRUTH.length] += byA[i] + byB[i];
        }
        return java.util.Arrays.stream(sums).map(Math::abs).max().orElse(0);
    }

    @Test
    void costsReachTheOptimumOfTheirLoss() {
        double[][][] p = pairs(200, 3);
        boolean[] lowHarm = harmful(p[1], 7);
        boolean[] highHarm = harmful(p[0], 8);
        CostLoss loss = CostLoss.defaults().withRegularization(0.01);
        var fitted = NetworkCostModel.defaults()
                .withLayers(LINEAR)
                .withLoss(loss)
                .withTrainer(exact())
                .fit(p[1], p[0], lowHarm, highHarm);
        var at = loss.of(fitted.cost().of(p[1]), fitted.cost().of(p[0]), lowHarm, highHarm);
        assertEquals(0, gradient(p[1], at.gradLower(), p[0], at.gradHigher()), SETTLED);
        assertTrue(fitted.signs().lower() > 0.6, fitted.signs().toString());
        assertTrue(fitted.verdict().contains("of 400 answers on the right side of 0"), fitted.verdict());
        // without sign terms the bias is free: the ranking stays and 0 means nothing
        var ranked = NetworkCostModel.defaults()
                .withLayers(LINEAR)
                .withLoss(loss.withSigns(0))
                .withTrainer(exact())
                .fit(p[1], p[0], new boolean[200], new boolean[200]);
        assertTrue(ranked.verdict().endsWith("; without sign terms 0 is no border of safety"));
        assertEquals(
                fitted.ranking().accuracy().estimate(),
                ranked.ranking().accuracy().estimate(),
                0.05); // one law, 200 pairs
    }

    /** Harm by the logistic law of the truth's cost, 0 being the border. */
    private static boolean[] harmful(double[][] rows, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "harm");
        var harm = new boolean[rows.length];
        for (int i = 0; i < harm.length; i++) {
            harm[i] = rng.nextDouble() < Logistic.sigmoid(2 * dot(TRUTH, rows[i]));
        }
        return harm;
    }

    @Test
    void severityFindsThePlantedBorders() {
        double[][] rows = rows(3000, 4);
        var truth = new OrdinalSeverity(0.5, 1.2, 2.5);
        RandomGenerator rng = Seeds.rng(4, "levels");
        var levels = new int[rows.length];
        for (int i = 0; i < levels.length; i++) {
            double[] p = truth.probabilities(2 * dot(TRUTH, rows[i]));
            double u = rng.nextDouble();
            while (u > p[levels[i]]) {
                u -= p[levels[i]++];
            }
        }
        var fitted = SeverityModel.of(4)
                .withLayers(List.of(Dense.of(1).withBias(false)))
                .withTrainer(exact().withBatch(3000).withEpochs(600))
                .fit(rows, levels);
        var at = fitted.severity().of(fitted.cost().of(rows), levels);
        assertEquals(
                0, gradient(rows, at.gradCosts(), rows, new double[3000]), SETTLED); // the borders take the bias up
        for (int j = 0; j < 3; j++) {
            assertEquals(0, at.gradBorders()[j], SETTLED);
            // standard errors of a border here are about 0.06: n = 3000, information p (1 - p) near 0.1 each; 3.3 of
            // them
            assertEquals(truth.borders()[j], fitted.severity().borders()[j], 0.2);
        }
        double[] mean = fitted.meanLevels(rows);
        int[] got = fitted.levels(rows);
        double expected = 0;
        double seen = 0;
        int right = 0;
        for (int i = 0; i < levels.length; i++) {
            expected += mean[i] / levels.length;
            seen += (double) levels[i] / levels.length;
            right += got[i] == levels[i] ? 1 : 0;
        }
        assertEquals(seen, expected, 0.02); // the scores of the borders are near 0, which balances the levels
        assertTrue(right > 1500, "right on " + right);
    }

    @Test
    void aHeadOfTwoColumnsIsRefused() {
        double[][][] p = pairs(4, 5);
        List<Layer.Spec> two = List.of(Dense.of(2));
        String said =
                "the head must give one number a row, gave 2: a reward or a cost is a number, not a class; end the layers"
                        + " with Dense.of(1)";
        assertEquals(
                said,
                message(() -> NetworkRewardModel.defaults().withLayers(two).fit(p[0], p[1])));
        assertEquals(said, message(() -> NetworkCostModel.defaults()
                .withLayers(two)
                .fit(p[0], p[1], new boolean[] {true, false, true, false}, new boolean[4])));
        assertEquals(said, message(() -> SeverityModel.of(2).withLayers(two).fit(p[0], new int[] {0, 1, 0, 1})));
    }

    @Test
    void badPairsAreRefused() {
        double[][] one = {{1, 2}};
        assertEquals(
                "chosen must hold at least 2 pairs, held 1: any direction that puts a single pair in order fits it",
                message(() -> NetworkRewardModel.defaults().fit(one, one)));
        double[][] two = {{1, 2}, {3, 4}};
        assertEquals(
                "chosen and rejected must differ: the features of all 2 pairs are identical on both sides, so nothing can be"
                        + " learnt",
                message(() -> NetworkRewardModel.defaults().fit(two, two)));
        double[][] other = {{1, 2}, {3, 5}};
        String tail =
                ": with one kind the sign terms push every cost to the same side and 0 is no border; add the other kind,"
                        + " or set the weight of the sign terms to 0";
        assertEquals(
                "the labels must hold safe and harmful answers, all 4 were safe" + tail,
                message(() -> NetworkCostModel.defaults().fit(two, other, new boolean[2], new boolean[2])));
        boolean[] all = {true, true};
        assertEquals(
                "the labels must hold safe and harmful answers, all 4 were harmful" + tail,
                message(() -> NetworkCostModel.defaults().fit(two, other, all, all)));
        assertEquals(
                "every level must occur, level 1 of 3 did not: its borders would run together or to infinity; merge levels or"
                        + " add answers",
                message(() -> SeverityModel.of(3).fit(two, new int[] {0, 2})));
    }

    /** Separable pairs without decay: the fit says that there is no optimum. */
    @Test
    void separablePairsAreNamed() {
        double[][] chosen = {{1, 0}, {2, 1}, {1.5, -1}};
        double[][] rejected = {{0, 0}, {0, 1}, {0.5, -1}};
        Trainer plain = exact().withEpochs(50);
        var fitted = NetworkRewardModel.defaults()
                .withLayers(LINEAR)
                .withTrainer(plain)
                .fit(chosen, rejected);
        assertEquals(
                "all 3 training pairs are in order and there is no weight decay: the optimum is at infinity, and the scale of"
                        + " the rewards is that of the number of steps",
                fitted.verdict());
        var longer = NetworkRewardModel.defaults()
                .withLayers(LINEAR)
                .withTrainer(plain.withEpochs(2000))
                .fit(chosen, rejected);
        assertTrue(longer.reward().margins(chosen, rejected)[0]
                > 2 * fitted.reward().margins(chosen, rejected)[0]);
        var decayed = NetworkRewardModel.defaults()
                .withLayers(LINEAR)
                .withTrainer(plain.withOptimizer(AdamW.defaults().withDecay(0.1), Schedule.constant(0.05)))
                .fit(chosen, rejected);
        assertTrue(decayed.verdict().startsWith("all 3 training pairs are in order: held-out pairs"));
    }

    private static String message(org.junit.jupiter.api.function.Executable call) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
