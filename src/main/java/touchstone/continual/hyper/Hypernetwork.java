package touchstone.continual.hyper;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import touchstone.nn.Backend;
import touchstone.nn.Layer;
import touchstone.nn.Network;
import touchstone.nn.Parameter;
import touchstone.nn.Tensor;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.nn.loss.Loss;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * A task-conditional hypernetwork: from a learned vector for each task it makes the weights of a target network. To learn another
 * task without the data of earlier ones, the weights it makes for these are held to what they were.
 *
 * <p>Follows the papers without the look-ahead step: the penalty is taken at the present weights. Of our choosing: the outputs start near
 * the weights of a freshly drawn target network, which are the first biases of the last layer.
 */
@Reference({"vonoswald2020continual", "huang2021continual"})
public final class Hypernetwork {
    private static final double FIRST_GAIN = 0.1;
    private final TargetNetwork target;
    private final Network generator;
    private final List<Parameter> embeddings = new ArrayList<>();
    private final long seed;
    private OutputRegulariser held;

    private Hypernetwork(TargetNetwork target, Network generator, long seed) {
        this.target = target;
        this.generator = generator;
        this.seed = seed;
        this.held = OutputRegulariser.of(generator.backend().zeros(0, target.size()));
    }

    /**
     * A hypernetwork that knows no task.
     *
     * @param target network whose weights it makes; it becomes part of the hypernetwork
     * @param embedding length of a task's vector, 1 or more
     * @param hidden units of each hidden layer, ReLU each; none makes it linear
     */
    public static Hypernetwork of(Network target, int embedding, int[] hidden, long seed) {
        Check.atLeast(embedding, 1, "embedding");
        var made = new TargetNetwork(target);
        List<Layer.Spec> layers = new ArrayList<>();
        for (int units : hidden) {
            layers.add(Dense.of(units).withGain(Math.sqrt(2)));
            layers.add(Activate.relu());
        }
        layers.add(Dense.of(made.size()).withGain(FIRST_GAIN));
        Network generator = Network.of(target.backend(), Seeds.hash("hypernetwork") ^ seed, embedding, layers);
        Tensor bias = generator.head().get(1).value();
        double[] first = made.weights();
        for (int j = 0; j < first.length; j++) {
            bias.set(0, j, first[j]);
        }
        return new Hypernetwork(made, generator, seed);
    }

    /** Adds a task with a normal vector; holds the weights made for those before it. Returns its number, from 0. */
    public int addTask() {
        Backend backend = generator.backend();
        held = OutputRegulariser.of(embeddings.isEmpty() ? backend.zeros(0, target.size()) : weights(tasks()));
        RandomGenerator random = Seeds.rng(seed, "embedding", tasks());
        Tensor value = backend.zeros(1, generator.inputs());
        for (int j = 0; j < value.columns(); j++) {
            value.set(0, j, random.nextGaussian());
        }
        embeddings.add(
                new Parameter("embedding." + tasks(), value, backend.zeros(1, value.columns()), Parameter.Kind.PLAIN));
        return tasks() - 1;
    }

    /** Number of tasks. */
    public int tasks() {
        return embeddings.size();
    }

    /** Trained numbers, vectors of tasks included. */
    public int size() {
        return generator.trainedSize() + tasks() * generator.inputs();
    }

    /** What an optimiser of the last task may change: the generator and that task's vector. */
    public List<Parameter> trainable() {
        demandTask(tasks() - 1);
        var all = new ArrayList<Parameter>(generator.parameters());
        all.add(embeddings.get(tasks() - 1));
        return all;
    }

    /**
     * Sets the gradients of {@link #trainable} to those of {@code loss(target by the last task's weights) + beta regulariser}.
     *
     * @param x batch of the target network, [n, inputs]
     * @param examples numbers the loss is asked for, [n]
     * @param loss of the target network's outputs
     * @param beta weight of the regulariser, 0 or more
     * @return the sum of both
     */
    public double gradients(Tensor x, int[] examples, Loss loss, double beta) {
        demandTask(tasks() - 1);
        Check.notNegative(beta, "beta");
        int last = tasks() - 1;
        int rows = beta > 0 ? tasks() : 1; // without the regulariser the other tasks need not be made
        Tensor e = vectors(rows);
        generator.clearGradients();
        var value = new double[1];
        Tensor de = generator.inputGradient(e, new int[0], (made, none, weight, dmade) -> {
            target.take(made, rows - 1);
            value[0] = target.accumulate(x, examples, loss, dmade, rows - 1);
            value[0] += beta > 0 ? held.add(made, none, beta, dmade) : 0;
            return value[0];
        });
        Tensor gradient = embeddings.get(last).gradient();
        generator.backend().fill(gradient, 0);
        generator.backend().add(1, de.block(rows - 1, 1, 0, de.columns()), gradient);
        return value[0];
    }

    /** How far the weights of the tasks before the last have moved since it was added. */
    public double drift() {
        if (held.tasks() == 0) {
            return 0;
        }
        Tensor made = weights(held.tasks());
        return held.add(made, new int[0], 1, generator.backend().zeros(made.rows(), made.columns()));
    }

    /** Outputs of the target network with the weights of a task, [n, outputs]; they hold until the next call. */
    public Tensor outputs(int task, Tensor x) {
        demandTask(task);
        target.take(weights(tasks()), task);
        return target.network().logits(x);
    }

    private Tensor weights(int first) {
        Tensor e = generator.backend().zeros(first, generator.inputs());
        for (int k = 0; k < first; k++) {
            generator.backend().add(1, embeddings.get(k).value(), e.block(k, 1, 0, e.columns()));
        }
        return generator.logits(e);
    }

    /** Vectors of the last tasks, so many. */
    private Tensor vectors(int count) {
        Tensor e = generator.backend().zeros(count, generator.inputs());
        for (int k = 0; k < count; k++) {
            Tensor from = embeddings.get(tasks() - count + k).value();
            generator.backend().add(1, from, e.block(k, 1, 0, e.columns()));
        }
        return e;
    }

    private void demandTask(int task) {
        if (task < 0 || task >= tasks()) {
            throw new IllegalArgumentException("task must be one of the " + tasks() + " added so far, was " + task);
        }
    }

    @Override
    public String toString() {
        return "Hypernetwork[" + generator.architecture() + ", tasks " + tasks() + "]";
    }
}
