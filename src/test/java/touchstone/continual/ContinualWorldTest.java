package touchstone.continual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import touchstone.testing.Golden;

class ContinualWorldTest {
    @TestFactory
    Stream<DynamicTest> goldenRuns() {
        return Golden.cases("continual/continual_world.json")
                .map(c -> DynamicTest.dynamicTest(c.get("name").getAsString(), () -> check(c)));
    }

    private static void check(JsonObject c) {
        var world = ContinualWorld.of(
                Golden.matrix(c.get("success")),
                Golden.matrix(c.get("baseline")),
                c.get("tail").getAsInt());
        JsonObject e = c.getAsJsonObject("expected");
        Close.assertClose(Golden.number(e.get("averagePerformance")), world.averagePerformance(), "performance");
        Close.assertClose(Golden.number(e.get("forgetting")), world.forgetting(), "forgetting");
        Close.assertClose(Golden.number(e.get("forwardTransfer")), world.forwardTransfer(), "transfer");
        Close.assertClose(
                Golden.number(e.get("forwardTransferUnnormalised")),
                world.forwardTransferUnnormalised(),
                "unnormalised");
        Close.assertClose(Golden.numbers(e.get("forgettingPerTask")), world.forgettingPerTask(), "forgetting");
        Close.assertClose(Golden.numbers(e.get("auc")), world.area(), "area");
        Close.assertClose(Golden.numbers(e.get("aucBaseline")), world.baselineArea(), "baseline");
        Close.assertClose(Golden.numbers(e.get("forwardTransferPerTask")), world.forwardTransferPerTask(), "transfer");
    }

    @Test
    void whatDoesNotFitIsNamed() {
        double[][] success = {{0, 1, 1}, {0, 0, 1}};
        double[][] baseline = {{0, 1}, {0, 1}};
        var e = assertThrows(IllegalArgumentException.class, () -> ContinualWorld.of(success, baseline, 1));
        assertEquals("success[0] must hold 2 x 2 checkpoints, had 3", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> ContinualWorld.of(success, baseline, 3));
        assertEquals("checkpoints of a task must be at least 3, was 2", e.getMessage());
    }
}
