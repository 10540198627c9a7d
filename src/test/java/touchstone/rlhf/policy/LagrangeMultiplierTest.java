package touchstone.rlhf.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.testing.Refusal.assertMessage;

import org.junit.jupiter.api.Test;
import touchstone.rlhf.policy.LagrangeMultiplier.Options;
import touchstone.testing.GoldenCase;

class LagrangeMultiplierTest {
    private static final double NONE = Double.POSITIVE_INFINITY;

    private static void follow(GoldenCase c, LagrangeRule rule, int delay) {
        Options options = Options.limit(c.number("threshold"))
                .withCap(c.number("lambda_max", NONE))
                .withDelay(delay);
        LagrangeMultiplier multiplier = LagrangeMultiplier.of(rule, options);
        double[] costs = c.in("costs");
        var lambdas = new double[costs.length];
        for (int i = 0; i < costs.length; i++) {
            lambdas[i] = multiplier.update(costs[i]);
        }
        c.assertClose("lam", lambdas);
    }

    @Test
    void trajectoriesAgreeWithTheReference() {
        for (GoldenCase c : GoldenCase.of("rlhf_lagrange", "log_lambda.*", 3)) {
            follow(c, new LagrangeRule.LogSpace(c.number("lambda_init"), c.number("lr")), (int)
                    c.number("delay_steps"));
        }
        for (GoldenCase c : GoldenCase.of("rlhf_lagrange", "projected.*", 3)) {
            follow(c, new LagrangeRule.Projected(c.number("lambda_init"), c.number("lr")), 0);
        }
        for (GoldenCase c : GoldenCase.of("rlhf_lagrange", "pid.*", 3)) {
            follow(c, new LagrangeRule.Pid(c.number("kp"), c.number("ki"), c.number("kd")), 0);
        }
        GoldenCase c = GoldenCase.of("rlhf_lagrange", "advantage_mix", 1).get(0);
        c.assertClose("adv", LagrangeMultiplier.mix(c.in("adv_reward"), c.in("adv_cost"), c.number("lam")));
    }

    /** Maximise x - x^2 / 2 under x <= 0.4: the best answer to lambda is 1 - lambda, so the price is 0.6. */
    @Test
    void everyRuleFindsThePrice() {
        for (LagrangeRule rule : new LagrangeRule[] {
            new LagrangeRule.LogSpace(0.1, 0.5), new LagrangeRule.Projected(0, 0.1), new LagrangeRule.Pid(0.3, 0.1, 0.1)
        }) {
            LagrangeMultiplier multiplier = LagrangeMultiplier.of(rule, Options.limit(0.4));
            for (int i = 0; i < 500; i++) {
                multiplier.update(1 - multiplier.value());
            }
            assertEquals(0.6, multiplier.value(), 1e-9, rule.toString());
            assertArrayEquals(new double[] {0.25}, multiplier.mix(new double[] {1}, new double[] {1}), 1e-9);
        }
    }

    @Test
    void theWindowIsAMeanOfTheLatestCosts() {
        LagrangeMultiplier m = LagrangeMultiplier.of(
                new LagrangeRule.Projected(0, 1), Options.limit(0).withWindow(3));
        assertEquals(0, m.cost(), 0);
        assertEquals(3, m.update(3), 0);
        assertEquals(3 + 2, m.update(1), 0);
        assertEquals(3 + 2 + 4.0 / 3, m.update(0), 1e-15);
        assertEquals(m.value() - 1.0 / 3, m.update(-2), 1e-15); // 1, 0 and -2
    }

    @Test
    void delayCapAndDirection() {
        LagrangeMultiplier m = LagrangeMultiplier.of(
                new LagrangeRule.LogSpace(1, 1), Options.limit(0).withDelay(2).withCap(1.5));
        assertEquals(1, m.update(5), 0);
        assertEquals(1, m.update(-5), 0);
        assertEquals(1.5, m.update(9), 1e-15);
        assertTrue(m.update(-0.1) < 1.5);
        // a sum that could wind up far above the cap would hold lambda there for long
        LagrangeMultiplier pid = LagrangeMultiplier.of(
                new LagrangeRule.Pid(0, 1, 0), Options.limit(0).withCap(2));
        for (int i = 0; i < 100; i++) {
            pid.update(1);
        }
        assertEquals(1, pid.update(-1), 0);
    }

    /** A limit of 0 with costs that cannot fall below it: lambda grows to its cap and the multiplier says it is stuck. */
    @Test
    void aLimitOfZeroNobodyMeets() {
        LagrangeMultiplier m = LagrangeMultiplier.of(
                new LagrangeRule.LogSpace(1, 10), Options.limit(0).withCap(100));
        for (int i = 0; i < 50; i++) {
            assertTrue(Double.isFinite(m.update(0.3)));
        }
        assertEquals(100, m.value(), 1e-10);
        assertTrue(m.stuck(50));
        m.update(0);
        assertFalse(m.stuck(1));
        LagrangeMultiplier free = LagrangeMultiplier.of(new LagrangeRule.LogSpace(1, 10), Options.limit(0));
        for (int i = 0; i < 50; i++) {
            assertTrue(Double.isFinite(free.update(1e6)));
        }
    }

    @Test
    void badArgumentsAreNamed() {
        assertMessage("cap must be above 0, was 0.0", () -> Options.limit(0).withCap(0));
        assertMessage("window must be at least 1, was 0", () -> Options.limit(0).withWindow(0));
        assertMessage(
                "the first multiplier must be at most cap, were 2.0 and 1.0",
                () -> LagrangeMultiplier.of(
                        new LagrangeRule.Projected(2, 1), Options.limit(0).withCap(1)));
        assertMessage("cost must be a finite number, was NaN", () -> LagrangeMultiplier.of(
                        new LagrangeRule.Projected(0, 1), Options.limit(0))
                .update(Double.NaN));
    }
}
