package touchstone.continual.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import touchstone.continual.Labelled;
import touchstone.nn.Network;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Dense;
import touchstone.nn.optim.Sgd;
import touchstone.testing.Golden;

/** Importances, penalties and paths of a softmax regression. */
class ImportanceTest {
    private static final JsonObject GOLDEN =
            Golden.json("continual/importances.json").getAsJsonObject();
    private static final Map<String, BiFunction<Network, Labelled, double[]>> ESTIMATES = Map.of(
            "trueFisher", FisherEstimator.EXACT::diagonal,
            "empiricalFisher", FisherEstimator.TRUE_LABEL::diagonal,
            "predictedLabelFisher", FisherEstimator.PREDICTED_LABEL::diagonal,
            "mammothFisher", FisherEstimator.WEIGHTED_TRUE_LABEL::diagonal,
            "avalancheFisherBatch2", (n, d) -> FisherEstimator.ofBatchMeans(n, d, 2),
            "masPerSample", Importance::memoryAware,
            "masAvalancheBatch2", (n, d) -> Importance.memoryAware(n, d, 2));

    private static Network network() {
        var network = Network.of(Cpu.doubles(1), 1, 3, Dense.of(4));
        var descent = Descent.of(network, new Sgd(0, 0), 0.1, 1);
        descent.setValues(weights(GOLDEN.get("weights"), GOLDEN.get("bias")));
        return network;
    }

    private static double[] weights(JsonElement w, JsonElement b) {
        double[] weights = MethodStepsTest.flat(w);
        double[] bias = MethodStepsTest.flat(b);
        double[] all = Arrays.copyOf(weights, weights.length + bias.length);
        System.arraycopy(bias, 0, all, weights.length, bias.length);
        return all;
    }

    private static double[] weights(JsonObject both) {
        return weights(both.get("W"), both.get("b"));
    }

    private static Labelled data(Network network) {
        return new Labelled(network.tensor(Golden.matrix(GOLDEN.get("X"))), Golden.integers(GOLDEN.get("y")));
    }

    @TestFactory
    Stream<DynamicTest> estimates() {
        JsonObject importances = GOLDEN.getAsJsonObject("importances");
        assertEquals(ESTIMATES.keySet(), importances.keySet());
        return ESTIMATES.entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    Network network = network();
                    double[] expected = weights(importances.getAsJsonObject(e.getKey()));
                    assertArrayEquals(expected, e.getValue().apply(network, data(network)), 1e-10);
                }));
    }

    @TestFactory
    Stream<DynamicTest> penalties() {
        JsonObject p = GOLDEN.getAsJsonObject("penalties");
        double lambda = p.get("lambdaValue").getAsDouble();
        double[] reference = weights(p);
        double[] theta = weights(GOLDEN.get("weights"), GOLDEN.get("bias"));
        return ESTIMATES.keySet().stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    double[] importance =
                            weights(GOLDEN.getAsJsonObject("importances").getAsJsonObject(name));
                    double half = p.getAsJsonObject("halfLambdaSum").get(name).getAsDouble();
                    assertEquals(half, Anchor.penalty(lambda, importance, reference, theta), 1e-9);
                }));
    }

    @Test
    void proximalStep() {
        JsonObject p = GOLDEN.getAsJsonObject("penalties");
        JsonObject step = p.getAsJsonObject("proximalStep");
        double[] importance = weights(GOLDEN.getAsJsonObject("importances").getAsJsonObject("trueFisher"));
        double[] actual = Anchor.pulled(
                step.get("lr").getAsDouble() * step.get("lambdaValue").getAsDouble(),
                importance,
                weights(GOLDEN.get("weights"), GOLDEN.get("bias")),
                weights(p));
        assertArrayEquals(weights(step), actual, 1e-12);
    }

    @Test
    void onlineImportanceDecaysWhatWasBefore() {
        JsonObject p = GOLDEN.getAsJsonObject("penalties");
        Network network = network();
        var learner = (Anchored) Ewc.defaults()
                .withDecay(p.get("onlineGamma").getAsDouble())
                .start(Descent.of(network, new Sgd(0, 0), 0.1, 1));
        learner.assume(weights(p.getAsJsonObject("previousImportance")));
        learner.end(data(network));
        assertArrayEquals(weights(p.getAsJsonObject("onlineImportance")), learner.importance(), 1e-10);
    }

    @Test
    void pathIntegralOfSynapticIntelligence() {
        JsonObject si = GOLDEN.getAsJsonObject("synapticIntelligence");
        Network network = network();
        double rate = si.get("learningRate").getAsDouble();
        var path = new SynapticIntelligence.Path(si.get("xi").getAsDouble(), network.trainedSize());
        var descent = Descent.of(network, new Sgd(0, 0), rate, 1);
        path.begin(descent.values());
        Labelled data = data(network);
        for (JsonElement batch : si.getAsJsonArray("batches")) {
            descent.clear();
            descent.crossEntropy(data, Golden.integers(batch));
            double[] g = descent.gradients();
            double[] before = descent.values();
            double[] after = before.clone();
            for (int i = 0; i < 12; i++) { // the bias stays
                after[i] -= rate * g[i];
            }
            descent.setValues(after);
            path.stepped(g, before, after);
        }
        double[] omega = path.after(data, new double[16], descent.values());
        double[] expected = MethodStepsTest.flat(si.get("omega"));
        for (int i = 0; i < expected.length; i++) {
            assertEquals(Math.max(0, expected[i]), omega[i], 1e-9, "omega[" + i + "]");
        }
    }
}
