package touchstone.rlhf.policy;

import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Sort;

/**
 * Best of n: draw n answers from the reference and keep the one of highest proxy reward; ties are broken at random.
 *
 * @param n number of draws, 1 or more
 */
@Reference({"gao2023scaling", "beirami2024theoretical"})
public record BestOfN(int n) {
    public BestOfN {
        Check.atLeast(n, 1, "n");
    }

    /**
     * The exact law of the answer kept: with F the chance of a proxy at most v, and F- of one below, the answers of proxy v share
     * {@code F^n - F-^n} in proportion to the reference.
     *
     * @param reference law of the answers, [m]
     * @param proxy finite rewards by which the best is chosen, [m]
     */
    public DiscretePolicy law(double[] reference, double[] proxy) {
        DiscretePolicy.checkLaw(reference, "reference");
        Check.sameLength(reference.length, "reference", proxy.length, "proxy");
        Check.allFinite(proxy, "proxy");
        int[] order = Sort.order(proxy);
        var p = new double[proxy.length];
        double below = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            double mass = 0;
            while (to < order.length && proxy[order[to]] == proxy[order[from]]) {
                mass += reference[order[to++]];
            }
            double upTo = to == order.length ? 1 : Math.min(1, below + mass);
            double kept = powerDifference(upTo, below);
            for (int i = from; i < to; i++) {
                p[order[i]] = mass == 0 ? 0 : kept * reference[order[i]] / mass;
            }
            below = upTo;
            from = to;
        }
        return new DiscretePolicy(p, DiscretePolicy.divergence(p, reference));
    }

    /** {@code high^n - low^n} without loss of digits when the two are close. */
    private double powerDifference(double high, double low) {
        if (high == 0) {
            return 0;
        }
        return low == 0 ? Math.pow(high, n) : -Math.pow(high, n) * Math.expm1(n * Math.log(low / high));
    }

    /** Upper bound of the law's divergence from the reference, {@code ln n - (n - 1) / n}; met only when no answer has mass. */
    public double divergenceBound() {
        return Math.log(n) - (n - 1.0) / n;
    }

    /**
     * Unbiased estimate of the expected gold reward of best-of-n from N draws, N >= n: the mean over all subsets of n, {@code sum_i
     * C(i, n - 1) / C(N, n) gold_(i)} with the draws in rising order of proxy, i from 0; tied draws share their weights.
     *
     * @param proxy rewards by which the best is chosen, [N]
     * @param gold rewards that count, [N]
     */
    public double estimate(double[] proxy, double[] gold) {
        Check.sameLength(proxy.length, "proxy", gold.length, "gold");
        Check.atLeast(proxy.length, n, "number of draws");
        Check.allFinite(proxy, "proxy");
        Check.allFinite(gold, "gold");
        int[] order = Sort.order(proxy);
        double weight = (double) n / proxy.length; // of the last draw; C(i - 1, n - 1) / C(i, n - 1) = (i - n + 1) / i
        double sum = 0;
        for (int to = order.length; to > 0; ) {
            int from = to;
            double weights = 0;
            double golds = 0;
            while (from > 0 && proxy[order[from - 1]] == proxy[order[to - 1]]) {
                from--;
                weights += weight;
                golds += gold[order[from]];
                weight *= from == 0 ? 0 : Math.max(0, from - n + 1.0) / from;
            }
            sum += weights * golds / (to - from);
            to = from;
        }
        return sum;
    }
}
