package touchstone.nn.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import touchstone.nn.Backend;
import touchstone.nn.Network;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.loss.CrossEntropy;
import touchstone.nn.loss.Loss;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Optimizer;
import touchstone.util.Seeds;

/**
 * Steps of training on one batch: forward, back, AdamW. Checked are the gradients of a small network of the same kind.
 */
record Training(NetworkSize size, Precision precision) implements Operation {
    private static final double RATE = 1e-4;
    private static final double LOOSER = 10; // a gradient is a chain of products

    @Override
    public Label label() {
        double flops = size.flops();
        String key = size.kind() + "/" + size.width() + "/" + precision.title();
        return new Label(
                "training/" + key.toLowerCase(java.util.Locale.ROOT),
                size.name(),
                size.size(),
                precision,
                "steps/s",
                1,
                flops,
                0);
    }

    @Override
    public double bound() {
        return LOOSER * precision.bound();
    }

    @Override
    public double error(Machine machine, long seed) {
        NetworkSize small = size.small();
        return Inputs.apart(gradients(small, machine.backend(precision), seed), gradients(small, Cpu.doubles(2), seed));
    }

    private double[] gradients(NetworkSize small, Backend backend, long seed) {
        Network network = Network.of(backend, seed, small.inputs(), small.network());
        List<Parameter> parameters = network.parameters();
        parameters.forEach(p -> backend.fill(p.gradient(), Double.NaN));
        network.clearGradients();
        network.accumulate(inputs(small, backend, seed), examples(small), loss(small, seed), Pass.training(1, 0));
        var all = new double
                [parameters.stream().mapToInt(p -> p.gradient().size()).sum()];
        int at = 0;
        for (Parameter p : parameters) {
            p.gradient().copyTo(all, at);
            at += p.gradient().size();
        }
        return all;
    }

    private static Tensor inputs(NetworkSize size, Backend backend, long seed) {
        if (!size.reads()) {
            return Inputs.normal(backend, size.batch(), size.inputs(), seed);
        }
        Tensor ids = backend.zeros(size.batch(), size.steps());
        RandomGenerator rng = Seeds.rng(seed, "tokens");
        for (int i = 0; i < ids.rows(); i++) {
            for (int t = 0; t < ids.columns(); t++) {
                ids.set(i, t, rng.nextInt(size.outputs()));
            }
        }
        return ids;
    }

    private static int[] examples(NetworkSize size) {
        var all = new int[size.batch()];
        Arrays.setAll(all, i -> i);
        return all;
    }

    private static Loss loss(NetworkSize size, long seed) {
        RandomGenerator rng = Seeds.rng(seed, "labels");
        var labels = new int[size.rows()];
        Arrays.setAll(labels, i -> rng.nextInt(size.outputs()));
        return CrossEntropy.sequences(labels, size.steps());
    }

    /** Examples. */
    @Override
    public int rows() {
        return size.batch();
    }

    @Override
    public Trial prepare(Machine machine, int rows, long seed) {
        NetworkSize cut = size.withBatch(rows);
        Backend backend = machine.backend(precision);
        Network network = Network.of(backend, seed, cut.inputs(), cut.network());
        Optimizer.Stepper stepper = AdamW.defaults().start(backend, network.parameters());
        Tensor x = inputs(cut, backend, seed);
        Loss loss = loss(cut, seed);
        int[] examples = examples(cut);
        return Trials.of(
                rows / (double) rows(),
                turn -> {
                    network.clearGradients();
                    network.accumulate(x, examples, loss, Pass.training(1, turn));
                    stepper.step(RATE);
                },
                () -> network.parameters().forEach(p -> machine.free(p.value(), p.gradient())));
    }

    @Override
    public Map<String, Object> peer() {
        return Map.ofEntries(
                Map.entry("kind", size.kind().name().toLowerCase(java.util.Locale.ROOT)),
                Map.entry("width", size.width()),
                Map.entry("layers", size.layers()),
                Map.entry("heads", size.heads()),
                Map.entry("steps", size.steps()),
                Map.entry("batch", size.batch()),
                Map.entry("inputs", size.inputs()),
                Map.entry("outputs", size.outputs()),
                Map.entry("precision", precision.title()));
    }
}
