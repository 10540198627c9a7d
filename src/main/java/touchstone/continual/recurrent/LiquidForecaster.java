package touchstone.continual.recurrent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import touchstone.nn.Network;
import touchstone.nn.Tensor;
import touchstone.nn.Trainer;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Cfc;
import touchstone.nn.layer.Dense;
import touchstone.nn.layer.Steps;
import touchstone.nn.loss.Loss;
import touchstone.nn.loss.MeanSquaredError;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Schedule;
import touchstone.stats.Moments;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Forecasts of the next load by a closed-form continuous-time network that is trained once: what adapts afterwards is its state
 * alone. It reads the last {@code window} loads from a state of zeros and predicts the change to the next one; loads are
 * standardised by mean and deviation of the histories it was trained on.
 */
@Reference({"hasani2022closed", "ayoub2024liquid"})
public final class LiquidForecaster {
    private static final int STRIDE = 3;
    private final Network network;
    private final int window;
    private final double mean;
    private final double deviation;

    private LiquidForecaster(Network network, int window, double mean, double deviation) {
        this.network = network;
        this.window = window;
        this.mean = mean;
        this.deviation = deviation;
    }

    /**
     * Options.
     *
     * @param units of the cell, 1 or more
     * @param window loads it reads, 1 or more
     * @param epochs of training, 1 or more
     * @param rate first learning rate, above 0
     * @param seed of first weights and of the order
     */
    public record Options(int units, int window, int epochs, double rate, long seed) {
        public Options {
            Check.atLeast(units, 1, "units");
            Check.atLeast(window, 1, "window");
            Check.atLeast(epochs, 1, "epochs");
            Check.positive(rate, "rate");
        }

        /** 16 units, 16 loads, 60 epochs from a rate of 0.01, seed 1. */
        public static Options defaults() {
            return new Options(16, 16, 60, 0.01, 1);
        }

        public Options withEpochs(int count) {
            return new Options(units, window, count, rate, seed);
        }

        public Options withSeed(long s) {
            return new Options(units, window, epochs, rate, s);
        }
    }

    /**
     * Trains on windows of the histories, three steps apart, with the change after every load as a target; Adam, batches of 64, a rate
     * that falls by a cosine, gradients clipped at norm 1.
     *
     * @param histories series of finite loads, each longer than the window
     */
    public static LiquidForecaster fit(List<double[]> histories, Options options) {
        Check.nonEmpty(histories.size(), "histories");
        double[] all = histories.stream().flatMapToDouble(Arrays::stream).toArray();
        Check.allFinite(all, "histories");
        double mean = Moments.mean(all);
        double deviation = Check.positive(Math.sqrt(Moments.variance(all)), "deviation of the loads");
        int w = options.window;
        List<double[]> inputs = new ArrayList<>();
        List<double[]> changes = new ArrayList<>();
        for (double[] history : histories) {
            Check.atLeast(history.length, w + 1, "length of a history");
            for (int from = 0; from + w < history.length; from += STRIDE) {
                inputs.add(scaled(history, from, w, mean, deviation));
                var change = new double[w];
                for (int t = 0; t < w; t++) {
                    change[t] = (history[from + t + 1] - history[from + t]) / deviation;
                }
                changes.add(change);
            }
        }
        Network network =
                Network.of(Cpu.floats(1), options.seed, w, new Steps(w), Cfc.of(options.units, w), Dense.of(1));
        Trainer.defaults()
                .withOptimizer(AdamW.defaults().withDecay(0), Schedule.cosine(options.rate, 0))
                .withEpochs(options.epochs)
                .withBatch(64)
                .withClip(1)
                .withSeed(options.seed)
                .fit(network, network.tensor(inputs.toArray(double[][]::new)), everyStep(changes, w));
        return new LiquidForecaster(network, w, mean, deviation);
    }

    /** Squared error of the outputs of all steps: [n * w, 1] read as [n, w]. */
    private static Loss everyStep(List<double[]> targets, int w) {
        Loss squares = MeanSquaredError.of(targets.toArray(double[][]::new));
        return (y, examples, weight, gradient) ->
                squares.add(y.reshape(examples.length, w), examples, weight, gradient.reshape(examples.length, w));
    }

    /**
     * One-step forecasts of a series; the weights stay as they are.
     *
     * @param loads finite, [n] with n above the window
     * @return [n]; NaN for the first {@code window}
     */
    public double[] forecast(double[] loads) {
        Check.atLeast(loads.length, window + 1, "number of loads");
        Check.allFinite(loads, "loads");
        var rows = new double[loads.length - window][];
        Arrays.setAll(rows, i -> scaled(loads, i, window, mean, deviation));
        Tensor y = network.logits(network.tensor(rows));
        var out = new double[loads.length];
        Arrays.fill(out, 0, window, Double.NaN);
        for (int i = 0; i < rows.length; i++) {
            out[window + i] = loads[window + i - 1] + deviation * y.get((i + 1) * window - 1, 0);
        }
        return out;
    }

    private static double[] scaled(double[] loads, int from, int w, double mean, double deviation) {
        var row = new double[w];
        for (int t = 0; t < w; t++) {
            row[t] = (loads[from + t] - mean) / deviation;
        }
        return row;
    }
}
