package touchstone.continual.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import touchstone.continual.Labelled;
import touchstone.nn.Network;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.nn.optim.Sgd;
import touchstone.testing.Golden;
import touchstone.util.Archive;

/** Exact weights after twelve steps on two tasks, against a program that shares nothing with ours. */
class MethodStepsTest {
    private static final JsonObject GOLDEN =
            Golden.json("continual/method_steps.json").getAsJsonObject();

    /** A memory of the first task whose draws are given. */
    private static final class Given implements Memory {
        private final List<Item> items = new ArrayList<>();
        private final int draws;
        private int step;
        private int drawn;

        /** So many draws a step; the second one is the first of the step after. */
        Given(int draws) {
            this.draws = draws;
        }

        @Override
        public void offer(Item item) {
            // kept by the test at the end of the first task
        }

        void keep(Item item) {
            items.add(item);
        }

        @Override
        public List<Item> draw(int k) {
            if (items.isEmpty()) {
                return List.of();
            }
            JsonArray indices = GOLDEN.getAsJsonArray("memoryIndices");
            int[] rows = Golden.integers(indices.get((step + drawn % draws) % indices.size()));
            if (++drawn % draws == 0) {
                step++;
            }
            return Stream.of(rows)
                    .flatMapToInt(Arrays::stream)
                    .mapToObj(items::get)
                    .toList();
        }

        @Override
        public List<Item> all() {
            return items;
        }

        @Override
        public void persist(Archive archive) {
            throw new UnsupportedOperationException("the test gives the draws");
        }
    }

    @TestFactory
    Stream<DynamicTest> exactWeights() {
        Map<String, Run> runs = new LinkedHashMap<>();
        runs.put("naive", plain(new Naive()));
        runs.put("l2", plain(new L2(0.3, Anchor.PROXIMAL)));
        runs.put("ewc", plain(Ewc.defaults().withStrength(2)));
        runs.put("si", plain(new SynapticIntelligence(1, 0.1, Anchor.PROXIMAL)));
        runs.put("mas", plain(new Mas(0.5, Anchor.PROXIMAL)));
        runs.put("lwf", plain(new Lwf(1, 2, true)));
        runs.put("er", (d, m) -> new Replay(8, 3, MemoryPolicy.RESERVOIR).start(d, m));
        runs.put("derpp", (d, m) -> new DarkReplay(8, 3, 0.5, 0.5).start(d, m));
        runs.put("agem", (d, m) -> new AGem(8, 3).start(d, m));
        return runs.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
    }

    private interface Run {
        Strategy.Learner start(Descent descent, Memory memory);
    }

    private static Run plain(Strategy strategy) {
        return (descent, memory) -> strategy.start(descent);
    }

    private static void check(String method, Run run) {
        var network = Network.of(Cpu.doubles(1), 1, 4, Dense.of(5), Activate.relu(), Dense.of(3));
        var descent =
                Descent.of(network, new Sgd(0, 0), GOLDEN.get("learningRate").getAsDouble(), 1);
        descent.setValues(flat(GOLDEN.get("init")));
        var memory = new Given(method.equals("derpp") ? 2 : 1);
        Strategy.Learner learner = run.start(descent, memory);
        JsonObject expected = GOLDEN.getAsJsonObject("results").getAsJsonObject(method);
        for (int k = 0; k < 2; k++) {
            var task = new Labelled(
                    network.tensor(Golden.matrix(GOLDEN.getAsJsonArray("X").get(k))),
                    Golden.integers(GOLDEN.getAsJsonArray("y").get(k)));
            learner.begin(task);
            for (JsonElement batch : GOLDEN.getAsJsonArray("batches").get(k).getAsJsonArray()) {
                learner.step(task, Golden.integers(batch));
            }
            learner.end(task);
            if (k == 0) {
                assertClose(expected.get("afterTask1"), descent.values(), method + " after the first task");
                checkImportance(expected, learner, method);
                keep(memory, task, descent);
            }
        }
        assertClose(expected.get("final"), descent.values(), method + " at the end");
    }

    private static void checkImportance(JsonObject expected, Strategy.Learner learner, String method) {
        if (learner instanceof Anchored anchored) {
            assertClose(expected.get("importance"), anchored.importance(), method + " importance");
        }
    }

    private static void keep(Given memory, Labelled task, Descent descent) {
        double[][] x = task.x().toMatrix();
        double[][] logits = descent.logits(task.x()).toMatrix();
        for (int i = 0; i < x.length; i++) {
            memory.keep(new Memory.Item(x[i], task.label(i), logits[i]));
        }
    }

    /** Weights by rows, then biases, layer by layer, as one vector. */
    static double[] flat(JsonElement e) {
        if (!e.isJsonArray()) {
            return new double[] {e.getAsDouble()};
        }
        JsonArray parts = e.getAsJsonArray();
        return parts.asList().stream()
                .flatMapToDouble(p -> Arrays.stream(flat(p)))
                .toArray();
    }

    private static void assertClose(JsonElement expected, double[] actual, String what) {
        double[] wanted = flat(expected);
        assertEquals(wanted.length, actual.length, what);
        for (int i = 0; i < wanted.length; i++) {
            assertEquals(wanted[i], actual[i], 1e-8, what + " [" + i + "]");
        }
    }
}
