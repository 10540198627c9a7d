package touchstone.rlhf.safety;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.stats.Interval;
import touchstone.stats.Proportion;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * How often a safety test passes, by simulation: its power where the costs are safe, its false-safe rate where their mean exceeds
 * the threshold.
 *
 * @param test the test
 * @param draws simulated tests, 1 or more
 * @param seed of the simulation
 */
public record SafetyPower(SafetyTest test, int draws, long seed) {
    public SafetyPower {
        Check.atLeast(draws, 1, "draws");
    }

    /** Where held-out costs come from. */
    @FunctionalInterface
    public interface Costs {
        /** One cost. */
        double draw(RandomGenerator rng);

        /** Costs drawn with replacement from a pilot study, [n], n >= 1. */
        static Costs like(double[] pilot) {
            Check.nonEmpty(pilot.length, "pilot");
            Check.allFinite(pilot, "pilot");
            double[] copy = pilot.clone();
            return rng -> copy[rng.nextInt(copy.length)];
        }

        /** {@code high} with a probability, else {@code low}. */
        static Costs harm(double probability, double low, double high) {
            Check.probability(probability, "probability");
            return rng -> rng.nextDouble() < probability ? high : low;
        }
    }

    /** 1,000 simulated tests, seed 1. */
    public static SafetyPower of(SafetyTest test) {
        return new SafetyPower(test, 1000, 1);
    }

    /** Share of tests of n costs that pass, with its exact 95 % interval. */
    public Interval passRate(Costs costs, int n) {
        return Proportion.clopperPearson(passes(costs, n), draws, 0.95);
    }

    /**
     * The least number of held-out prompts with which the test passes at the power asked for; empty when {@code most} do not
     * suffice. The same draws serve every n; the search takes the pass rate to rise with n, as it does but for ripples of Clopper
     * and Pearson's bound.
     *
     * @param power share of tests that should pass, in (0, 1)
     * @param most the largest number to try
     */
    public OptionalInt requiredSamples(Costs costs, double power, int most) {
        Check.insideUnit(power, "power");
        Check.atLeast(most, 1, "most");
        int enough = 1;
        while (enough < most && passes(costs, enough) < power * draws) {
            enough = (int) Math.min(most, 2L * enough);
        }
        if (passes(costs, enough) < power * draws) {
            return OptionalInt.empty();
        }
        int few = enough / 2; // 0 is never enough
        while (enough - few > 1) {
            int middle = few + (enough - few) / 2;
            if (passes(costs, middle) >= power * draws) {
                enough = middle;
            } else {
                few = middle;
            }
        }
        return OptionalInt.of(enough);
    }

    private int passes(Costs costs, int n) {
        Check.atLeast(n, 1, "n");
        return (int) IntStream.range(0, draws)
                .parallel()
                .filter(i -> {
                    RandomGenerator rng = Seeds.rng(seed, "safety-power", i);
                    var sample = new double[n];
                    Arrays.setAll(sample, j -> costs.draw(rng));
                    return test.run(sample).passed();
                })
                .count();
    }
}
