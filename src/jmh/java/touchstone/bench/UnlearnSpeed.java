package touchstone.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.nn.Backend;
import touchstone.nn.Network;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.nn.lm.LanguageModel;
import touchstone.nn.lm.TransformerConfig;
import touchstone.unlearn.Descent;
import touchstone.unlearn.Examples;
import touchstone.unlearn.ForgetModel;
import touchstone.unlearn.ForgetSplit;
import touchstone.unlearn.NetworkModel;
import touchstone.unlearn.TextModel;
import touchstone.unlearn.Unlearner;
import touchstone.unlearn.method.BadTeacher;
import touchstone.unlearn.method.GradientDifference;
import touchstone.unlearn.method.Npo;
import touchstone.unlearn.method.Retrain;
import touchstone.util.Seeds;

/**
 * Seconds of unlearning methods on a perceptron 64-48-32-10 (90 of 900 rows to forget) and on a decoder of 2 blocks, width 32 (16 of 256
 * sequences of 4 tokens), on one thread. Prints model, method, round, seconds.
 */
public final class UnlearnSpeed {
    private UnlearnSpeed() {}

    /** Runs all. */
    public static void main(String[] args) {
        Backend backend = Cpu.floats(1);
        var rng = Seeds.rng(1, "speed");
        var perceptron = NetworkModel.of(
                s -> Network.of(
                        backend, s, 64, Dense.of(48), Activate.relu(), Dense.of(32), Activate.relu(), Dense.of(10)),
                1);
        time("perceptron", perceptron, split(rows(900, 64, 10, 0, rng), 1, 90), 20, 32);
        var config = new TransformerConfig(64, 8, 32, 2, 4, false);
        var decoder = TextModel.of(LanguageModel.of(backend, config, 1), 4);
        time("decoder", decoder, split(rows(256, 4, 64, 64, rng), 4, 16), 90, 64);
    }

    /** Rows of random inputs, numbers in [0, 1) or tokens; the last number is the label of the last step. */
    private static double[][] rows(int n, int d, int labels, int tokens, RandomGenerator rng) {
        var x = new double[n][d + 1];
        for (double[] row : x) {
            for (int j = 0; j < d; j++) {
                row[j] = tokens > 0 ? rng.nextInt(tokens) : rng.nextDouble();
            }
            row[d] = rng.nextInt(labels);
        }
        return x;
    }

    private static ForgetSplit split(double[][] rows, int steps, int forget) {
        int d = rows[0].length - 1;
        double[][] x = java.util.Arrays.stream(rows)
                .map(r -> java.util.Arrays.copyOf(r, d))
                .toArray(double[][]::new);
        int[] labels = IntStream.range(0, rows.length * steps)
                .map(i -> i % steps == steps - 1 ? (int) rows[i / steps][d] : -1)
                .toArray();
        return ForgetSplit.of(
                Examples.sequences(x, labels, steps), IntStream.range(0, forget).toArray());
    }

    private static void time(String name, ForgetModel model, ForgetSplit split, int epochs, int batch) {
        Descent steps = Descent.defaults().withEpochs(12);
        Map<String, Unlearner> methods = new LinkedHashMap<>();
        methods.put("retrain", new Retrain(Descent.defaults().withEpochs(epochs).withBatch(batch)));
        methods.put("difference", new GradientDifference(0.05, 1).by(steps));
        methods.put("npo", Npo.defaults().by(steps));
        methods.put("teacher", BadTeacher.defaults().by(steps));
        for (int round = 0; round < 4; round++) {
            int now = round;
            methods.forEach((label, method) -> {
                long start = System.nanoTime();
                int times = label.equals("retrain") ? 1 : 5;
                for (int i = 0; i < times; i++) {
                    method.unlearn(model, split);
                }
                double seconds = (System.nanoTime() - start) / 1e9 / times;
                System.out.println(String.format(Locale.ROOT, "%s %s %d %.5f", name, label, now, seconds));
            });
        }
    }
}
