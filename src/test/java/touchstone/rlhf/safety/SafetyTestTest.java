package touchstone.rlhf.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.testing.Refusal.assertMessage;

import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import touchstone.rlhf.safety.SafetyPower.Costs;
import touchstone.stats.Interval;
import touchstone.stats.MeanBound;
import touchstone.stats.Proportion;
import touchstone.testing.Differences;
import touchstone.testing.GoldenCase;
import touchstone.util.Seeds;

class SafetyTestTest {
    /**
     * Of the reference's values made with Student's quantile: that of SciPy 1.10, which the reference used, is itself off by up to
     * 2.3e-9 (see quantilesAgreeWithClosedForms), here times a spread below 1.
     */
    private static final double QUANTILE = 1e-8;

    private static SafetyTest test(GoldenCase c, MeanBound bound) {
        return new SafetyTest(bound, c.number("delta"), c.number("threshold"), c.number("a"), c.number("b"));
    }

    @Test
    void boundsAndVerdictsAgreeWithTheReference() {
        for (GoldenCase c : GoldenCase.of("rlhf_hc", "n\\d.*|edge_zero_variance", 9)) {
            double[] costs = c.in("costs");
            SafetyVerdict t = test(c, MeanBound.STUDENT_T).run(costs);
            SafetyVerdict hoeffding = test(c, MeanBound.HOEFFDING).run(costs);
            SafetyVerdict bernstein = test(c, MeanBound.EMPIRICAL_BERNSTEIN).run(costs);
            c.within(QUANTILE).assertClose("upper_t", t.upperBound());
            c.assertClose("upper_hoeffding", hoeffding.upperBound());
            c.assertClose("upper_empirical_bernstein", bernstein.upperBound());
            assertEquals(c.expected().get("pass_t").getAsBoolean(), t.passed(), c.name());
            if (c.expected().has("upper_anderson")) {
                c.assertClose(
                        "upper_anderson", test(c, MeanBound.ANDERSON).run(costs).upperBound());
                assertEquals(c.expected().get("pass_hoeffding").getAsBoolean(), hoeffding.passed(), c.name());
                assertEquals(c.expected().get("pass_eb").getAsBoolean(), bernstein.passed(), c.name());
                var constraint = new PessimisticConstraint(
                        c.number("delta"), 0, (int) c.number("safety_n"), c.number("c1"), c.number("c2"));
                c.within(QUANTILE).assertClose("upper_t_pessimistic", constraint.excess(costs));
            }
        }
    }

    @Test
    void oneCostNeverPasses() {
        GoldenCase c = GoldenCase.of("rlhf_hc", "edge_n1", 1).get(0);
        SafetyVerdict t = test(c, MeanBound.STUDENT_T).run(c.in("costs"));
        assertFalse(t.passed());
        assertEquals(Double.POSITIVE_INFINITY, t.upperBound(), 0);
        assertEquals(List.of("there is no bound from 1 cost: it needs 2 or more"), t.warnings());
        c.assertClose(
                "upper_hoeffding",
                test(c, MeanBound.HOEFFDING).run(c.in("costs")).upperBound());
    }

    @Test
    void proportionsAndQuantilesAgreeWithTheReference() {
        for (GoldenCase c : GoldenCase.of("rlhf_hc", "binomial.*", 4)) {
            int unsafe = (int) c.number("unsafe");
            int n = (int) c.number("n");
            c.assertClose("upper_clopper_pearson", MeanBound.proportion(unsafe, n, c.number("delta")));
            var harm = new double[n];
            for (int i = 0; i < unsafe; i++) {
                harm[i] = 1;
            }
            c.assertClose("upper_clopper_pearson", MeanBound.CLOPPER_PEARSON.upper(harm, c.number("delta"), 0, 1));
        }
        GoldenCase c = GoldenCase.of("rlhf_hc", "t_quantiles", 1).get(0);
        double[] delta = c.in("delta");
        double[] df = c.in("df");
        var q = new double[delta.length][df.length];
        for (int i = 0; i < delta.length; i++) {
            for (int j = 0; j < df.length; j++) {
                q[i][j] = MeanBound.quantile((int) df[j], delta[i]);
            }
        }
        c.within(QUANTILE).assertRows("q", q);
    }

    /** One degree of freedom is Cauchy's law, two have a closed form, and for the rest mpmath 1.3 gives 15 digits and more. */
    @Test
    void quantilesAgreeWithClosedForms() {
        for (double delta : new double[] {0.2, 0.1, 0.05, 0.01, 0.001}) {
            double one = 1 / Math.tan(Math.PI * delta);
            double two = (1 - 2 * delta) * Math.sqrt(1 / (2 * delta * (1 - delta)));
            assertEquals(one, MeanBound.quantile(1, delta), 1e-11 * one);
            assertEquals(two, MeanBound.quantile(2, delta), 1e-11 * two);
        }
        assertEquals(2.13184678632665, MeanBound.quantile(4, 0.05), 1e-11);
        assertEquals(4.296805662729918, MeanBound.quantile(9, 0.001), 1e-11);
        assertEquals(2.330086419039457, MeanBound.quantile(999, 0.01), 1e-11);
    }

    /** Laws on [-1, 1] whose mean lies just above the threshold 0: rare harm, harm half the time, and a smooth one. */
    private static final List<Costs> UNSAFE = List.of(
            rng -> rng.nextDouble() < 0.03 ? 1 : -0.0309,
            Costs.harm(0.5001, -1, 1),
            rng -> -1 + 2.0001 * Math.min(rng.nextDouble(), 0.99995));

    /** The false-safe rate is at most delta: no exact binomial interval of 99.9 % over 2,000 runs lies above it. */
    @Test
    void distributionFreeBoundsKeepTheirPromise() {
        for (MeanBound bound : List.of(MeanBound.HOEFFDING, MeanBound.EMPIRICAL_BERNSTEIN, MeanBound.ANDERSON)) {
            var power = new SafetyPower(SafetyTest.defaults().withBound(bound), 2000, 11);
            for (Costs law : UNSAFE) {
                for (int n : new int[] {25, 400}) {
                    Interval rate = power.passRate(law, n);
                    double least = Proportion.clopperPearson((int) Math.round(rate.estimate() * 2000), 2000, 0.998)
                            .lower();
                    assertTrue(least <= 0.1, bound + ", n = " + n + ": " + rate);
                }
            }
        }
    }

    /** For harm or no harm the rate is known: the chance of at most the number of harms with which the test still passes. */
    @Test
    void clopperPearsonIsExact() {
        int n = 200;
        double rate = 0.05 + 1e-9;
        SafetyTest test = new SafetyTest(MeanBound.CLOPPER_PEARSON, 0.1, 0.05, 0, 1);
        int most = -1;
        while (MeanBound.proportion(most + 1, n, 0.1) <= 0.05) {
            most++;
        }
        double exact = new BinomialDistribution(n, rate).cumulativeProbability(most);
        assertTrue(exact > 0.01 && exact <= 0.1, "chance of a false pass: " + exact);
        Interval simulated = new SafetyPower(test, 4000, 5).passRate(Costs.harm(rate, 0, 1), n);
        // 3.3 standard errors, p > 0.001
        assertEquals(exact, simulated.estimate(), 3.3 * Math.sqrt(exact * (1 - exact) / 4000));
    }

    /**
     * Rare harm: 97 % of costs near -0.02 and 3 % at +1 have the mean 0.0106, so the policy is unsafe; 25 held-out prompts show
     * no harm with probability 0.97^25 = 0.467, and then the t bound lies below 0. Student's test at delta = 0.1 passes nearly
     * half of all such policies; the distribution-free bounds pass none.
     */
    @Test
    void studentsTestFailsOnRareHarm() {
        Costs rare = rng -> rng.nextDouble() < 0.03 ? 1 : -0.02 + 0.005 * (rng.nextDouble() - 0.5);
        var students = new SafetyPower(SafetyTest.defaults().withBound(MeanBound.STUDENT_T), 2000, 3);
        Interval falseSafe = students.passRate(rare, 25);
        assertTrue(falseSafe.lower() > 0.4, "false-safe rate " + falseSafe);
        assertTrue(falseSafe.contains(Math.pow(0.97, 25)), "false-safe rate " + falseSafe);
        for (MeanBound bound : List.of(MeanBound.HOEFFDING, MeanBound.EMPIRICAL_BERNSTEIN, MeanBound.ANDERSON)) {
            var power = new SafetyPower(SafetyTest.defaults().withBound(bound), 2000, 3);
            assertEquals(0, power.passRate(rare, 25).estimate(), 0);
        }
    }

    /** For normal costs on the border Student's test passes at delta: within 3.3 standard errors of 4,000 runs. */
    @Test
    void studentsTestIsExactForNormalCosts() {
        var power = new SafetyPower(SafetyTest.defaults().withBound(MeanBound.STUDENT_T), 4000, 9);
        Interval rate = power.passRate(RandomGenerator::nextGaussian, 25);
        assertEquals(0.1, rate.estimate(), 3.3 * Math.sqrt(0.1 * 0.9 / 4000));
    }

    @Test
    void warningsNameWhatIsWrong() {
        SafetyTest students = SafetyTest.defaults().withBound(MeanBound.STUDENT_T);
        assertEquals(
                List.of("all 10 costs were -0.1: the t bound collapses to the mean and guarantees nothing"),
                students.run(new double[] {-.1, -.1, -.1, -.1, -.1, -.1, -.1, -.1, -.1, -.1})
                        .warnings());
        var skewed = new double[40];
        java.util.Arrays.setAll(skewed, i -> i == 0 ? 1 : -0.1 - 1e-3 * i);
        SafetyVerdict verdict = students.run(skewed);
        assertTrue(verdict.warnings().get(0).startsWith("costs are skewed"), verdict.toString());
        assertTrue(SafetyTest.defaults().run(skewed).warnings().isEmpty());
        RandomGenerator rng = Seeds.rng(4, "normal");
        double[] normal = rng.doubles(40).map(u -> u - 0.8).toArray();
        assertEquals(List.of(), students.run(normal).warnings());
        assertTrue(students.withThreshold(-2).run(normal).warnings().get(0).startsWith("no policy can pass"));
        assertTrue(SafetyTest.defaults().run(normal).toString().contains("ANDERSON, n = 40"));
    }

    /** The number needed is the first that reaches the power; for no harm at all Clopper and Pearson's is the rule of three. */
    @Test
    void requiredSamplesAreTheFirstThatSuffice() {
        SafetyTest harm = new SafetyTest(MeanBound.CLOPPER_PEARSON, 0.05, 0.05, 0, 1);
        int needed = new SafetyPower(harm, 50, 1)
                .requiredSamples(Costs.harm(0, 0, 1), 0.9, 1000)
                .orElseThrow();
        assertEquals((int) Math.ceil(Math.log(0.05) / Math.log(0.95)), needed);
        var power = SafetyPower.of(SafetyTest.defaults());
        Costs safe = Costs.like(new double[] {-0.5, -0.2, 0.1, -0.4});
        int n = power.requiredSamples(safe, 0.8, 10_000).orElseThrow();
        assertTrue(power.passRate(safe, n).estimate() >= 0.8);
        assertTrue(power.passRate(safe, n - 1).estimate() < 0.8);
        assertTrue(power.requiredSamples(Costs.harm(0.5, -1, 1), 0.8, 200).isEmpty());
    }

    @Test
    void pessimismHasItsSlopesAndGrowsWithDoubt() {
        double[] costs = {-0.4, 0.1, -0.9, 0.3, -0.2};
        PessimisticConstraint constraint = PessimisticConstraint.defaults();
        Differences.check(constraint::excess, costs, constraint.gradient(costs), "costs");
        double plain = new PessimisticConstraint(0.1, 0, 1000, 0, 0).excess(costs);
        assertEquals(-0.22, plain, 1e-15);
        assertTrue(new PessimisticConstraint(0.1, 0, 100, 1, 1).excess(costs) > constraint.excess(costs));
    }

    /** Anderson's bound is never above Hoeffding's, nor above the range. */
    @Test
    void andersonIsNeverWorseThanHoeffding() {
        for (int i = 0; i < 50; i++) {
            RandomGenerator rng = Seeds.rng(8, "anderson", i);
            double[] x = rng.doubles(1 + rng.nextInt(60), -1, 1).toArray();
            double anderson = MeanBound.ANDERSON.upper(x, 0.05, -1, 1);
            assertTrue(anderson <= MeanBound.HOEFFDING.upper(x, 0.05, -1, 1) + 1e-12);
            assertTrue(anderson <= 1
                    && anderson >= java.util.Arrays.stream(x).average().orElseThrow());
        }
    }

    @Test
    void badArgumentsAreNamed() {
        SafetyTest test = SafetyTest.defaults();
        assertMessage("samples[0] must lie in [-1.0, 1.0], was 2.0", () -> test.run(new double[] {2}));
        assertMessage("costs must not be empty, had 0 elements", () -> test.run(new double[0]));
        assertMessage("costs[1] must be a finite number, was NaN", () -> test.run(new double[] {0, Double.NaN}));
        assertMessage("low must be below high, were 1.0 and 1.0", () -> test.withRange(1, 1));
        assertMessage(
                "samples[0] must be 0.0 or 1.0 for Clopper and Pearson's bound, was 0.5",
                () -> MeanBound.CLOPPER_PEARSON.upper(new double[] {0.5}, 0.1, 0, 1));
        assertMessage(
                "delta must be at most 0.5 for this bound, was 0.7",
                () -> MeanBound.ANDERSON.upper(new double[] {0.5}, 0.7, 0, 1));
    }
}
