package touchstone.rlhf.policy;

import java.util.Arrays;
import java.util.stream.IntStream;
import touchstone.stats.Bootstrap;
import touchstone.stats.Interval;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * What becomes of the gold reward while a proxy is pressed harder and harder: divergence, proxy and gold of each run at rising
 * pressure (n of best-of-n, 1 / beta of the optimum, or iterations of a learner). A run is a proxy of its own, such as a reward
 * model trained on other data.
 *
 * @param divergence from the reference in nats, [runs, k]
 * @param proxy mean proxy reward, [runs, k]
 * @param gold mean gold reward, [runs, k]
 */
@Reference({"gao2023scaling", "lambert2023alignment"})
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record OveroptimizationCurve(double[][] divergence, double[][] proxy, double[][] gold) {
    public OveroptimizationCurve {
        Check.nonEmpty(divergence.length, "divergence");
        divergence = copy(divergence, "divergence", divergence.length, divergence[0].length);
        proxy = copy(proxy, "proxy", divergence.length, divergence[0].length);
        gold = copy(gold, "gold", divergence.length, divergence[0].length);
    }

    private static double[][] copy(double[][] x, String name, int runs, int k) {
        Check.sameLength(x.length, name, runs, "divergence");
        Check.atLeast(k, 2, "points a run");
        for (int i = 0; i < runs; i++) {
            Check.sameLength(x[i].length, name + "[" + i + "]", k, "divergence[0]");
            Check.allFinite(x[i], name + "[" + i + "]");
        }
        return Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * The exact curves of best-of-n, a run a proxy.
     *
     * @param n pressures, [k], 1 or more each
     * @param reference law of the answers, [m]
     * @param proxies rewards by which the best is chosen, [runs, m]
     * @param gold rewards that count, [m]
     */
    public static OveroptimizationCurve bestOfN(int[] n, double[] reference, double[][] proxies, double[] gold) {
        return of(
                IntStream.of(n).mapToObj(BestOfN::new).<Press>map(b -> b::law).toArray(Press[]::new),
                reference,
                proxies,
                gold);
    }

    /**
     * The exact curves of the divergence-regularised optimum, which is what reinforcement learning at price beta aims at.
     *
     * @param beta prices, [k], falling, above 0
     */
    public static OveroptimizationCurve optimum(double[] beta, double[] reference, double[][] proxies, double[] gold) {
        return of(
                Arrays.stream(beta)
                        .mapToObj(KlOptimum::new)
                        .<Press>map(b -> b::of)
                        .toArray(Press[]::new),
                reference,
                proxies,
                gold);
    }

    @FunctionalInterface
    private interface Press {
        DiscretePolicy law(double[] reference, double[] proxy);
    }

    private static OveroptimizationCurve of(Press[] presses, double[] reference, double[][] proxies, double[] gold) {
        int runs = proxies.length;
        var x = new double[3][runs][presses.length];
        IntStream.range(0, runs).parallel().forEach(i -> {
            for (int j = 0; j < presses.length; j++) {
                DiscretePolicy law = presses[j].law(reference, proxies[i]);
                x[0][i][j] = law.divergence();
                x[1][i][j] = law.mean(proxies[i]);
                x[2][i][j] = law.mean(gold);
            }
        });
        return new OveroptimizationCurve(x[0], x[1], x[2]);
    }

    /**
     * The peak of the mean gold curve, with intervals by resampling runs.
     *
     * @param divergence mean divergence at the peak, in nats
     * @param gold mean gold reward there
     * @param fall mean gold reward at the peak less that at the last point, 0 or more; above 0 when the curve has turned down. A
     *     peak picked among noisy points overstates it: use {@link #fallBeyond} to show a fall
     */
    public record Peak(Interval divergence, Interval gold, Interval fall) {}

    /** The peak. */
    public Peak peak(Bootstrap bootstrap) {
        double[] runs = IntStream.range(0, gold.length).asDoubleStream().toArray();
        return new Peak(
                bootstrap.interval(runs, drawn -> mean(divergence, drawn, top(drawn))),
                bootstrap.interval(runs, drawn -> mean(gold, drawn, top(drawn))),
                bootstrap.interval(
                        runs, drawn -> mean(gold, drawn, top(drawn)) - mean(gold, drawn, gold[0].length - 1)));
    }

    /**
     * Gold reward of each run at one point less that at the last, [runs]: for a paired interval. Choose the point beforehand, or from
     * other runs.
     */
    public double[] fallBeyond(int point) {
        Check.index(point, gold[0].length, "point");
        return Arrays.stream(gold).mapToDouble(g -> g[point] - g[g.length - 1]).toArray();
    }

    /** Number of the point at which the mean gold curve is highest. */
    public int top() {
        return top(IntStream.range(0, gold.length).asDoubleStream().toArray());
    }

    private int top(double[] runs) {
        int best = 0;
        for (int j = 1; j < gold[0].length; j++) {
            best = mean(gold, runs, j) > mean(gold, runs, best) ? j : best;
        }
        return best;
    }

    private static double mean(double[][] x, double[] runs, int point) {
        return Arrays.stream(runs).map(i -> x[(int) i][point]).average().orElseThrow();
    }

    /** Gold reward of each run where its divergence is the one given, on a line between the points beside it, [runs]. */
    public double[] goldAt(double nats) {
        return at(gold, nats);
    }

    /** Proxy reward likewise, [runs]. */
    public double[] proxyAt(double nats) {
        return at(proxy, nats);
    }

    private double[] at(double[][] y, double nats) {
        var result = new double[y.length];
        for (int i = 0; i < result.length; i++) {
            int j = 1;
            while (j < y[i].length && divergence[i][j] < nats) {
                j++;
            }
            if (j == y[i].length || divergence[i][0] > nats) {
                throw new IllegalArgumentException("run " + i + " must reach a divergence of " + nats
                        + " nats, its own ran from " + divergence[i][0] + " to " + divergence[i][y[i].length - 1]);
            }
            double width = divergence[i][j] - divergence[i][j - 1];
            double share = width == 0 ? 0 : (nats - divergence[i][j - 1]) / width;
            result[i] = y[i][j - 1] + share * (y[i][j] - y[i][j - 1]);
        }
        return result;
    }

    @Override
    public double[][] divergence() {
        return rows(divergence);
    }

    @Override
    public double[][] proxy() {
        return rows(proxy);
    }

    @Override
    public double[][] gold() {
        return rows(gold);
    }

    private static double[][] rows(double[][] x) {
        return Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
    }
}
