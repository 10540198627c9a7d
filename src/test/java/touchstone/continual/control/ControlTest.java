package touchstone.continual.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.util.Seeds;

class ControlTest {
    private static final Planner PLANNER = Planner.defaults();
    private static final ActionFlow FLOW =
            ActionFlow.fit(ActionFlow.Options.defaults().withSteps(3000));

    private static ActionFlow.Probe probe(Unicycle robot, double... action) {
        return new ActionFlow.Probe(action, ActionFlow.error(robot.motion(action), action));
    }

    @Test
    void motionsAndPosesAgree() {
        var robot = new Unicycle(-0.7, 1.3);
        double[] pose = {1, 2, 0.8};
        double[] action = {0.5, -0.4};
        double[] next = robot.next(pose, action);
        assertArrayEquals(robot.motion(action), MotionModel.between(pose, next), 1e-12);
        assertEquals(-0.7 * 0.5 * 0.2, robot.motion(action)[0], 1e-12);
    }

    @Test
    void intendedActionsUndoTheGains() {
        var random = Seeds.rng(1, "robots");
        for (int i = 0; i < 50; i++) {
            Unicycle robot = ActionFlow.draw(random);
            double[] planned = {0.45 * random.nextDouble(), 0.7 * random.nextDouble()};
            assertArrayEquals(
                    Unicycle.nominal().motion(planned), robot.motion(robot.intended(planned)), 1e-12); // within limits
        }
        assertArrayEquals(new double[] {-1, Math.PI / 2}, new Unicycle(-0.1, 0.1).intended(new double[] {1, 1}), 0);
    }

    /** A point straight ahead at full speed, and one that cannot be reached any better than by going as fast as possible. */
    @Test
    void plansStraightAhead() {
        double[][] path = {{0.1, 0}, {0.2, 0}, {0.3, 0}, {0.4, 0}, {0.5, 0}};
        double[] action = PLANNER.plan(Unicycle.nominal(), new double[3], path);
        assertEquals(0.5, action[0], 2.0 / 14 / 14); // half a cell of the finer grid is 2 / 14 / 14
        assertEquals(0, action[1], 1e-12);
        assertEquals(-1, PLANNER.plan(new Unicycle(-1, 1), new double[3], new double[][] {{9, 0}})[0], 1e-12);
        assertThrows(
                IllegalArgumentException.class, () -> PLANNER.plan(Unicycle.nominal(), new double[3], new double[0][]));
    }

    /** Noise-free: the ridge of 0.01 against a few rows of squared size 0.2 and more leaves a few per cent at first. */
    @Test
    void refitFindsTheGains() {
        RefitPilot pilot = RefitPilot.of(PLANNER, 1);
        var robot = new Unicycle(-0.8, 1.5);
        double[] pose = new double[3];
        for (int t = 0; t < 40; t++) {
            double[][] path = {{0.1, 0.05 * Math.sin(t)}};
            pilot.moved(robot.motion(pilot.act(pose, path)));
        }
        assertEquals(-0.8 * 0.2, pilot.model().motion(new double[] {1, 0})[0], 0.01);
        assertEquals(1.5 * 0.2, pilot.model().motion(new double[] {0, 1})[1], 0.01);
    }

    @Test
    void theFlowBringsActionsNearerToWhatIsIntended() {
        var random = Seeds.rng(5, "flow test");
        double before = 0;
        double after = 0;
        for (int i = 0; i < 500; i++) {
            Unicycle robot = ActionFlow.draw(random);
            double[] planned = {0.2 + 0.4 * random.nextDouble(), 1.2 * random.nextDouble() - 0.6};
            double[] turned = FLOW.transform(planned, probe(robot, 0.4, random.nextBoolean() ? 0.5 : -0.5));
            double[] wanted = robot.intended(planned);
            before += Math.hypot(planned[0] - wanted[0], planned[1] - wanted[1]);
            after += Math.hypot(turned[0] - wanted[0], turned[1] - wanted[1]);
        }
        assertTrue(after < before / 3, after + " against " + before);
    }

    @Test
    void equalSeedsGiveEqualFlows() {
        ActionFlow.Options few = ActionFlow.Options.defaults().withSteps(5);
        ActionFlow.Probe probe = probe(new Unicycle(-1, 1), 0.4, 0.2);
        double[] planned = {0.3, 0.1};
        assertArrayEquals(
                ActionFlow.fit(few).transform(planned, probe),
                ActionFlow.fit(few).transform(planned, probe),
                0);
        assertTrue(ActionFlow.fit(few.withSeed(2)).transform(planned, probe)[0]
                != ActionFlow.fit(few).transform(planned, probe)[0]);
    }

    /** Off by 0.16 m at first: one probe; then as intended: none; then as built: a check by the planned action, and no more flow. */
    @Test
    void probesOnlyWhenMotionsAreOff() {
        FlowPilot pilot = FlowPilot.of(PLANNER, FLOW, 0.05);
        double[][] path = {{0.08, 0}, {0.16, 0}, {0.24, 0}, {0.32, 0}, {0.4, 0}};
        double[] pose = new double[3];
        var reversed = new Unicycle(-1, 1);
        double[] planned = pilot.act(pose, path);
        pilot.moved(reversed.motion(planned));
        assertEquals(1, pilot.probes());
        double[] turned = pilot.act(pose, path);
        assertEquals(-planned[0], turned[0], 0.2);
        pilot.moved(Unicycle.nominal().motion(planned)); // as was planned
        assertArrayEquals(turned, pilot.act(pose, path), 0);
        pilot.moved(Unicycle.nominal().motion(turned)); // the robot is as built again, so this is off
        assertArrayEquals(planned, pilot.act(pose, path), 0);
        pilot.moved(Unicycle.nominal().motion(planned));
        assertArrayEquals(planned, pilot.act(pose, path), 0);
        assertEquals(1, pilot.probes());
    }

    @Test
    void missionsCompare() {
        Mission reversed = Mission.of(new Unicycle(-1, 1.2), 3);
        List<Double> errors = new ArrayList<>();
        for (Pilot pilot :
                List.of(reversed.oracle(PLANNER), RefitPilot.of(PLANNER, 0.8), Pilot.of(PLANNER, Unicycle.nominal()))) {
            errors.add(reversed.drive(pilot).rmse());
        }
        assertTrue(errors.get(0) < 0.03 && errors.get(1) < 0.5 && errors.get(2) > 1, errors.toString());
        Mission.Drive drive = reversed.drive(reversed.oracle(PLANNER));
        assertEquals(301, drive.errors().length);
        assertEquals(1, drive.success(0.1), 0);
        assertEquals(drive.rmse(), reversed.drive(reversed.oracle(PLANNER)).rmse(), 0, "same seed");
        assertEquals(drive.errors()[0], drive.rmse(0, 1), 0);
    }

    @Test
    void badInputIsNamed() {
        var zero = assertThrows(IllegalArgumentException.class, () -> new Unicycle(0, 1));
        assertEquals("gains must not be 0, were 0.0 and 1.0", zero.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Unicycle(Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> new Mission(Unicycle.nominal(), 5, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> RefitPilot.of(PLANNER, 0));
        assertThrows(IllegalArgumentException.class, () -> FlowPilot.of(PLANNER, FLOW, Double.NaN));
        assertThrows(
                IllegalArgumentException.class,
                () -> FLOW.transform(new double[] {Double.NaN, 0}, probe(Unicycle.nominal(), 0.1, 0)));
        Mission.Drive drive = Mission.of(Unicycle.nominal(), 1).drive(Pilot.of(PLANNER, Unicycle.nominal()));
        var e = assertThrows(IllegalArgumentException.class, () -> drive.rmse(5, 5));
        assertEquals("from and to must satisfy 0 <= from < to <= 301, were 5 and 5", e.getMessage());
    }
}
