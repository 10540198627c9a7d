package touchstone.interpret.steer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import touchstone.nn.Backend;
import touchstone.nn.Network;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.nn.lm.Activations;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.TransformerConfig;
import touchstone.stats.Wasserstein;
import touchstone.testing.Differences;
import touchstone.util.Seeds;

class SteerableTest {
    private static final Backend DOUBLES = Cpu.doubles(1);

    private static double[][] rows(int n, int d, double mean, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "rows");
        var rows = new double[n][d];
        for (double[] row : rows) {
            Arrays.setAll(row, j -> mean + rng.nextGaussian());
        }
        return rows;
    }

    private static SteeredNetwork network() {
        Network net =
                Network.of(DOUBLES, 3, 4, Dense.of(5), Activate.tanh(), Dense.of(6), Activate.gelu(), Dense.of(3));
        return SteeredNetwork.of(net, 1, 3);
    }

    private static SteeredLanguage language(int from) {
        return SteeredLanguage.of(LanguageModel.of(DOUBLES, new TransformerConfig(7, 6, 8, 2, 2, false), 3), from);
    }

    private static List<int[]> sequences(long seed) {
        RandomGenerator rng = Seeds.rng(seed, "sequences");
        return List.of(
                rng.ints(5, 0, 7).toArray(),
                rng.ints(6, 0, 7).toArray(),
                rng.ints(3, 0, 7).toArray());
    }

    /** A random steering from one long vector: scales, then shifts, place by place. */
    private static Steering steering(List<Integer> widths, double[] x) {
        List<UnitMap> maps = new ArrayList<>();
        int at = 0;
        for (int w : widths) {
            maps.add(new AffineMap(Arrays.copyOfRange(x, at, at + w), Arrays.copyOfRange(x, at + w, at + 2 * w)));
            at += 2 * w;
        }
        return new Steering(maps);
    }

    private static double[] joined(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(DoubleStream::of).toArray();
    }

    private static <X> void assertSlopes(Steerable<X> model, X source, X target, DistributionLoss loss) {
        ActivationLoss judged = loss.against(model.activations(target, model.unsteered()));
        int size = 2 * model.widths().stream().mapToInt(w -> w).sum();
        double[] x = rows(1, size, 0.7, 11)[0];
        Slopes s = model.slopes(source, steering(model.widths(), x), judged);
        double[] slopes = new double[0];
        for (int p = 0; p < s.scale().size(); p++) {
            slopes = joined(slopes, s.scale().get(p), s.shift().get(p));
        }
        Differences.check(
                v -> model.slopes(source, steering(model.widths(), v), judged).loss(), x, slopes, "slope");
    }

    @Test
    void slopesOfASteeredNetworkAreThoseOfTheLoss() {
        assertSlopes(network(), rows(7, 4, 0, 1), rows(5, 4, 1, 2), DistributionLoss.defaults());
        assertSlopes(network(), rows(4, 4, 0, 1), rows(6, 4, 1, 2), new DistributionLoss(3, 1));
    }

    @Test
    void slopesOfASteeredLanguageModelAreThoseOfTheLoss() {
        assertSlopes(language(0), sequences(1), sequences(2), DistributionLoss.defaults());
        assertSlopes(
                language(1).withPool(SteeredLanguage.Pool.LAST),
                sequences(1),
                sequences(2),
                DistributionLoss.defaults());
        assertSlopes(language(2), sequences(1), sequences(3), new DistributionLoss(2, 5));
    }

    /** What Steering gives while fitting must be what hooks give afterwards. */
    @Test
    void theSteeredModelHasTheSteeredActivations() {
        SteeredLanguage model = language(1);
        Steering steering = steering(model.widths(), rows(1, 32, 0.5, 4)[0]);
        List<int[]> asked = sequences(5);
        var seen = Activations.of(model.steered(steering), asked);
        for (int l = 0; l < 2; l++) {
            for (int i = 0; i < asked.size(); i++) {
                var mean = new double[8];
                int n = asked.get(i).length;
                for (int t = 1; t < n; t++) {
                    double[] x = seen.residual(l + 1, i, t);
                    for (int j = 0; j < 8; j++) {
                        mean[j] += x[j] / (n - 1);
                    }
                }
                assertArrayEquals(mean, model.activations(asked, steering).get(l)[i], 1e-12);
            }
        }
    }

    @Test
    void withoutMapsNothingChanges() {
        SteeredNetwork model = network();
        assertEquals(0, model.unsteered().changed());
        Steering shifted = model.unsteered().with(1, new AffineMap(new double[] {1, 1, 1, 1, 1, 2}, new double[6]));
        assertEquals(1, shifted.changed());
        double[][] x = rows(3, 4, 0, 1);
        assertArrayEquals(
                model.activations(x, model.unsteered()).get(0),
                model.activations(x, shifted).get(0));
        assertEquals(
                2 * model.activations(x, model.unsteered()).get(1)[0][5],
                model.activations(x, shifted).get(1)[0][5],
                1e-15);
    }

    /** Source and target differ at one input that only some first units see: the maps of just those units must do. */
    @Test
    void endToEndLearnsWhatLocalMapsLearnAndLeavesTheRestAlone() {
        Network net =
                Network.of(DOUBLES, 5, 4, Dense.of(8), Activate.tanh(), Dense.of(6), Activate.tanh(), Dense.of(2));
        for (int j = 0; j < 8; j++) {
            net.parameters().get(0).value().set(3, j, j < 2 ? 1.5 : 0);
        }
        SteeredNetwork model = SteeredNetwork.of(net, 1, 3);
        double[][] source = rows(40, 4, 0, 1);
        double[][] target = Arrays.stream(source)
                .map(r -> new double[] {r[0], r[1], r[2], r[3] + 1})
                .toArray(double[][]::new);
        Steering dense = Lineas.defaults().fit(model, source, target);
        Steering sparse = Lineas.defaults().withSparsity(0.1).fit(model, source, target);
        double before = total(model, source, target, model.unsteered());
        assertTrue(total(model, source, target, dense) < 0.25 * before, "the loss must fall");
        for (int j = 2; j < 8; j++) {
            assertTrue(!sparse.maps().get(0).changes(j), "unit " + j + " has nothing to learn");
        }
        assertTrue(sparse.maps().get(0).changes(0) && sparse.maps().get(0).changes(1), "the two units that differ");
        assertEquals(
                0, Lineas.defaults().withSparsity(1).fit(model, source, target).changed());
    }

    private static double total(SteeredNetwork model, double[][] source, double[][] target, Steering steering) {
        List<double[][]> a = model.activations(source, steering);
        return DistributionLoss.defaults()
                .against(model.activations(target, model.unsteered()))
                .add(a, a.stream().map(r -> new double[r.length][r[0].length]).toList());
    }

    @Test
    void mapsInTurnMatchEachPlaceThroughTheOnesBefore() {
        SteeredNetwork model = network();
        double[][] source = rows(30, 4, 0, 1);
        double[][] target = rows(30, 4, 1, 2);
        List<double[][]> to = model.activations(target, model.unsteered());
        Steering quantiles = LocalSteering.inTurn(QuantileMap::of).fit(model, source, target);
        for (double distance : DistributionLoss.firstByPlace(model.activations(source, quantiles), to)) {
            assertEquals(0, distance, 1e-12); // equal numbers of rows: each goes to its own
        }
        Steering affine = LocalSteering.inTurn(AffineMap::transport).fit(model, source, target);
        double[][] last = model.activations(source, affine).get(1);
        for (int j = 0; j < 6; j++) {
            assertEquals(Units.moments(to.get(1), "to")[0][j], Units.moments(last, "last")[0][j], 1e-12);
        }
        Steering once = LocalSteering.atOnce(AffineMap::meanShift).fit(model, source, target);
        assertTrue(Math.abs(Units.moments(to.get(1), "to")[0][0]
                        - Units.moments(model.activations(source, once).get(1), "x")[0][0])
                > 1e-3);
    }

    @Test
    void wassersteinOfUnequalSizesIsThatOfCopies() {
        double[] x = rows(1, 4, 0, 1)[0];
        double[] y = rows(1, 6, 1, 2)[0];
        double[] x3 = joined(x, x, x);
        assertEquals(Wasserstein.secondSquared(x3, joined(y, y)), Wasserstein.secondSquared(x, y), 1e-12);
    }

    @Test
    void messagesNameWhatIsWrong() {
        SteeredNetwork model = network();
        assertEquals(
                "map 0 and units of its place must be of equal length, were 2 and 5",
                message(() -> model.activations(
                        rows(1, 4, 0, 1), new Steering(List.of(AffineMap.identity(2), AffineMap.identity(6))))));
        Steering steps = LocalSteering.atOnce(QuantileMap::of).fit(model, rows(9, 4, 0, 1), rows(9, 4, 1, 1));
        assertEquals(
                "steering must have an affine map at place 0 for gradients, had a QuantileMap",
                message(() -> model.slopes(rows(1, 4, 0, 1), steps, (a, s) -> 0)));
        assertEquals("sparsity must lie in [0, 1], was 2.0", message(() -> Lineas.defaults()
                .withSparsity(2)));
    }

    private static String message(org.junit.jupiter.api.function.Executable run) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, run).getMessage());
    }
}
