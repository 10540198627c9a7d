package touchstone.continual.hyper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.util.Seeds;

class DynamicsTest {
    private static final DynamicsFit FIT = DynamicsFit.defaults().withSteps(400);
    private static final List<Transitions> SYSTEMS =
            List.of(new Pendulum(4, 1, 0.1, 1).steps(200, 1), new Pendulum(14, 0.7, 0.9, 2).steps(200, 2));

    private static DynamicsLearner learned(DynamicsLearner learner) {
        SYSTEMS.forEach(learner::learn);
        return learner;
    }

    private static double error(DynamicsLearner learner, int system) {
        Transitions s = SYSTEMS.get(system);
        return s.error(learner.predict(system, s.inputs()));
    }

    /** Without friction and torque the energy oscillates within a step's error: the integrator is symplectic. */
    @Test
    void aFreePendulumKeepsItsEnergy() {
        var p = new Pendulum(9.81, 1, 0, 1);
        double[] s = {1, 0};
        double first = -9.81 * Math.cos(1);
        for (int i = 0; i < 2000; i++) {
            s = p.next(s[0], s[1], 0);
            double energy = s[1] * s[1] / 2 - 9.81 * Math.cos(s[0]);
            assertEquals(first, energy, 0.8); // of a depth of 9.81; an explicit Euler step grows without end
        }
    }

    @Test
    void stepsAreThoseOfThePendulum() {
        var p = new Pendulum(9, 0.8, 0.5, 1.5);
        Transitions t = p.steps(20, 3);
        double[] x = t.inputs()[7];
        double angle = Math.atan2(x[0], x[1]);
        double[] next = p.next(angle, 6 * x[2], 2 * x[3]);
        assertArrayEquals(new double[] {(next[0] - angle) / 0.3, (next[1] - 6 * x[2]) / 0.6}, t.changes()[7], 1e-9);
        assertEquals(t.changes()[7][1], p.steps(20, 3).changes()[7][1], 0, "same seed");
        assertEquals(0, t.error(t.changes()), 0);
    }

    @Test
    void separateNetworksForgetNothing() {
        var separate =
                PlainDynamics.of(PlainDynamics.Kind.SEPARATE).withFit(FIT).start(4, 2);
        separate.learn(SYSTEMS.get(0));
        double before = error(separate, 0);
        separate.learn(SYSTEMS.get(1));
        assertEquals(before, error(separate, 0), 0);
        assertTrue(before < 0.1, "error " + before);
    }

    @Test
    void whatIsKeptHelpsTheFirstSystem() {
        double tuned = error(
                learned(PlainDynamics.of(PlainDynamics.Kind.FINE_TUNED)
                        .withFit(FIT)
                        .start(4, 2)),
                0);
        double coreset = error(
                learned(PlainDynamics.of(PlainDynamics.Kind.CORESET)
                        .withFit(FIT)
                        .start(4, 2)),
                0);
        HyperDynamics hyper = HyperDynamics.defaults().withFit(FIT);
        double held = error(learned(hyper.start(4, 2)), 0);
        double free = error(learned(hyper.withBeta(0).start(4, 2)), 0);
        assertTrue(coreset < tuned / 2, coreset + " against " + tuned);
        assertTrue(held < free / 2, held + " against " + free);
    }

    @Test
    void storedNumbers() {
        DynamicsLearner hyper =
                HyperDynamics.defaults().withFit(FIT.withSteps(1)).start(4, 2);
        hyper.learn(SYSTEMS.get(0));
        long one = hyper.stored();
        hyper.learn(SYSTEMS.get(1));
        assertEquals(10, hyper.stored() - one, "a vector for each system");
        var coreset = learned(PlainDynamics.of(PlainDynamics.Kind.CORESET)
                .withCoreset(7)
                .withFit(FIT.withSteps(1))
                .start(4, 2));
        var tuned = learned(PlainDynamics.of(PlainDynamics.Kind.FINE_TUNED)
                .withFit(FIT.withSteps(1))
                .start(4, 2));
        assertEquals(2 * 7 * (4 + 5 + 2), coreset.stored() - tuned.stored());
    }

    /** Fewer transitions than a batch, and a coreset larger than the system. */
    @Test
    void aSystemOfThreeSteps() {
        Transitions few = SYSTEMS.get(0).sample(3, Seeds.rng(1, "few"));
        DynamicsLearner hyper =
                HyperDynamics.defaults().withFit(FIT.withSteps(3)).start(4, 2);
        hyper.learn(few);
        assertEquals(3, hyper.predict(0, few.inputs()).length);
        var coreset = PlainDynamics.of(PlainDynamics.Kind.CORESET)
                .withFit(FIT.withSteps(3))
                .start(4, 2);
        coreset.learn(few);
        coreset.learn(few);
        assertTrue(Double.isFinite(few.error(coreset.predict(1, few.inputs()))));
    }

    @Test
    void badInputIsNamed() {
        var none =
                assertThrows(IllegalArgumentException.class, () -> new Transitions(new double[0][], new double[0][]));
        assertEquals("inputs must not be empty, had 0 elements", none.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Transitions(new double[][] {{Double.NaN}}, new double[][] {{1}}));
        DynamicsLearner fresh = PlainDynamics.of(PlainDynamics.Kind.SEPARATE).start(4, 2);
        assertThrows(
                IllegalArgumentException.class,
                () -> fresh.predict(0, SYSTEMS.get(0).inputs()));
        var one = new PlainDynamics(PlainDynamics.Kind.FINE_TUNED, 1, 1, FIT.withSteps(1)).start(4, 2);
        one.learn(SYSTEMS.get(0));
        var e = assertThrows(IllegalArgumentException.class, () -> one.learn(SYSTEMS.get(1)));
        assertEquals("systems must be at least as many as are learned, was 1", e.getMessage());
    }
}
