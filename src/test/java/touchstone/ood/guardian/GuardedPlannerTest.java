package touchstone.ood.guardian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.ood.guardian.GuardedPlanner.Constraint;

class GuardedPlannerTest {
    private static final ClinicGrid GRID = ClinicGrid.defaults();
    private static final Records RECORDS = Records.draw(GRID, 200, 60, 1);

    @Test
    void theGridIsAProcessAndItsCliniciansAPolicy() {
        Mdp truth = GRID.truth(); // checks that each row sums to 1
        assertEquals(100, truth.states());
        for (double[] row : GRID.behaviour()) {
            assertEquals(1, Arrays.stream(row).sum(), 1e-12);
        }
        // from (0, 0) to the right: 0.9 + 0.1 / 4 to (0, 1), 0.05 stays at the corner, 0.025 down
        double[] next = truth.next(0, 3);
        assertEquals(0.925, next[1], 1e-12);
        assertEquals(0.05, next[0], 1e-12);
        assertEquals(0.025, next[10], 1e-12);
        assertEquals(-1, truth.reward(4, 0));
        assertEquals(1, ClinicGrid.cost(34));
        assertEquals(0, truth.reward(34, 0));
        assertEquals(1, truth.next(ClinicGrid.GOAL, 1)[ClinicGrid.GOAL], 1e-12);
    }

    @Test
    void recordsFollowTheProcess() {
        assertEquals(RECORDS, Records.draw(GRID, 200, 60, 1));
        int[][] counts = RECORDS.counts();
        int all =
                Arrays.stream(counts).mapToInt(row -> Arrays.stream(row).sum()).sum();
        assertEquals(RECORDS.steps().size(), all);
        // at (3, 5) clinicians go right with 0.8 + 0.05
        int total = Arrays.stream(counts[35]).sum();
        assertEquals(0.85, (double) counts[35][3] / total, 4 * Math.sqrt(0.85 * 0.15 / total)); // four deviations
        assertTrue(RECORDS.support(0.01)[34]);
        assertTrue(!RECORDS.support(0.01)[5]);
    }

    /** Two steps to the right, of which one slipped: the model is their frequencies; elsewhere it is the pooled moves. */
    @Test
    void theModelByHand() {
        var records =
                new Records(List.of(new Records.Step(0, 0, 3, 0, 0, 1), new Records.Step(1, 0, 3, 0.5, 1, 10)), 2);
        LearnedModel model = LearnedModel.of(records, 0.9);
        assertEquals(0.5, model.process().next(0, 3)[1], 1e-12);
        assertEquals(0.5, model.process().next(0, 3)[10], 1e-12);
        assertEquals(0.25, model.process().reward(0, 3), 1e-12);
        assertEquals(0.5, model.process().next(55, 3)[56], 1e-12);
        assertEquals(0.5, model.process().next(55, 3)[65], 1e-12);
        assertEquals(0.5, model.costs()[55][3], 1e-12);
        assertEquals(1, model.process().next(55, 0)[45], 1e-12); // never tried anywhere: moves as meant
    }

    @Test
    void constraintsKeepWhatTheySay() {
        LearnedModel model = LearnedModel.of(RECORDS, GRID.discount());
        Plan free = GuardedPlanner.of(Constraint.NONE).plan(RECORDS, GRID.discount());
        for (Constraint c : Constraint.values()) {
            Plan plan = GuardedPlanner.of(c).plan(RECORDS, GRID.discount());
            assertTrue(plan.modelReturn() <= free.modelReturn() + 1e-9, c.name());
            assertEquals(model.process().value(plan.policy()), plan.modelReturn(), 1e-9);
        }
        int[][] counts = RECORDS.counts();
        double[][] imitating = GuardedPlanner.of(Constraint.ACTION_ONLY)
                .plan(RECORDS, GRID.discount())
                .policy();
        double[][] safe = GuardedPlanner.of(Constraint.GUARDIAN_AND_COST)
                .plan(RECORDS, GRID.discount())
                .policy();
        for (int s = 0; s < counts.length; s++) {
            int total = Arrays.stream(counts[s]).sum();
            for (int a = 0; a < counts[s].length; a++) {
                assertTrue(imitating[s][a] == 0 || counts[s][a] >= 0.02 * total);
            }
        }
        assertTrue(model.process().withRewards(model.costs()).value(safe) <= 0.1);
        double[][] guardian = GuardedPlanner.of(Constraint.GUARDIAN).guardian(RECORDS);
        assertTrue(guardian[33][3] < 1 && guardian[99][3] > 1); // on the way, and in a corner nobody saw
    }

    @Test
    void outcomesByHand() {
        var support = new boolean[100];
        double[][] up = new double[100][4];
        for (double[] row : up) {
            row[0] = 1;
        }
        // against the wall with slip 0: 20 visits to the start, which is no support here
        var still = new ClinicGrid(0, 0.2, 0.95);
        assertEquals(new Plan.Outcome(0, 20, 0), rounded(Plan.Outcome.of(still, up, support)));
        support[0] = true;
        assertEquals(new Plan.Outcome(0, 0, 0), rounded(Plan.Outcome.of(still, up, support)));
        assertArrayEquals(new double[] {0, 0, -1, 0}, ClinicGrid.features(0, 0));
    }

    private static Plan.Outcome rounded(Plan.Outcome o) {
        return new Plan.Outcome(
                Math.round(o.reward() * 1e9) / 1e9,
                Math.round(o.offSupport() * 1e9) / 1e9,
                Math.round(o.cost() * 1e9) / 1e9);
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "share must lie in [0, 1], was 2.0",
                assertThrows(IllegalArgumentException.class, () -> GuardedPlanner.of(Constraint.NONE)
                                .withShare(2))
                        .getMessage());
        assertEquals(
                "episodes must be at least 1, was 0",
                assertThrows(IllegalArgumentException.class, () -> Records.draw(GRID, 0, 10, 1))
                        .getMessage());
    }
}
