package touchstone.continual.hyper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import touchstone.nn.Network;
import touchstone.nn.Pass;
import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;
import touchstone.nn.loss.MeanSquaredError;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Optimizer;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Dynamics without a hypernetwork: what {@link HyperDynamics} is measured against. The shared network is told the number of the
 * system by further inputs, one of which is 1.
 *
 * @param kind what is kept
 * @param coreset transitions kept of each system, 1 or more; of {@link Kind#CORESET} alone
 * @param systems most systems that will come, 1 or more; of the shared network's inputs
 * @param fit of each system
 */
@Reference("huang2021continual")
public record PlainDynamics(Kind kind, int coreset, int systems, DynamicsFit fit) {
    /** What is kept of earlier systems. */
    public enum Kind {
        /** One network that learns on; nothing is kept. */
        FINE_TUNED,
        /** One network; of each system some transitions are kept, and every batch holds as many of them as new ones. */
        CORESET,
        /** A network for each system. */
        SEPARATE
    }

    public PlainDynamics {
        Check.atLeast(coreset, 1, "coreset");
        Check.atLeast(systems, 1, "systems");
    }

    /** 50 transitions of each of up to 5 systems, where any are kept. */
    public static PlainDynamics of(Kind kind) {
        return new PlainDynamics(kind, 50, 5, DynamicsFit.defaults());
    }

    public PlainDynamics withCoreset(int count) {
        return new PlainDynamics(kind, count, systems, fit);
    }

    public PlainDynamics withFit(DynamicsFit f) {
        return new PlainDynamics(kind, coreset, systems, f);
    }

    /** A learner of systems with so many inputs and outputs. */
    public DynamicsLearner start(int inputs, int outputs) {
        return new Learner(inputs, outputs);
    }

    private final class Learner implements DynamicsLearner {
        private final int inputs;
        private final int outputs;
        private final List<Network> networks = new ArrayList<>();
        private final List<double[]> keptX = new ArrayList<>();
        private final List<double[]> keptY = new ArrayList<>();
        private int learned;

        Learner(int inputs, int outputs) {
            this.inputs = inputs;
            this.outputs = outputs;
        }

        @Override
        public void learn(Transitions system) {
            if (learned == systems) {
                throw new IllegalArgumentException("systems must be at least as many as are learned, was " + systems);
            }
            if (kind == Kind.SEPARATE || networks.isEmpty()) {
                networks.add(fit.network(inputs + systems, outputs, fit.seed() + learned));
            }
            Network network = networks.get(networks.size() - 1);
            Optimizer.Stepper step = AdamW.defaults().withDecay(0).start(network.backend(), network.parameters());
            RandomGenerator random = Seeds.rng(fit.seed(), "coreset", learned);
            var now = new Batches(network, named(learned, system.inputs()), system.changes());
            var before = new Batches(network, keptX.toArray(double[][]::new), keptY.toArray(double[][]::new));
            fit.steps(system.size(), learned, (rows, rate) -> {
                network.clearGradients();
                now.accumulate(rows);
                if (!keptX.isEmpty()) {
                    before.accumulate(random.ints(rows.length, 0, keptX.size()).toArray());
                }
                step.step(rate);
            });
            if (kind == Kind.CORESET) {
                Transitions sample = system.sample(coreset, random);
                keptX.addAll(Arrays.asList(named(learned, sample.inputs())));
                keptY.addAll(Arrays.asList(sample.changes()));
            }
            learned++;
        }

        private double[][] named(int system, double[][] x) {
            return Arrays.stream(x)
                    .map(row -> {
                        double[] longer = Arrays.copyOf(row, inputs + systems);
                        longer[inputs + system] = 1;
                        return longer;
                    })
                    .toArray(double[][]::new);
        }

        @Override
        public double[][] predict(int system, double[][] x) {
            Check.index(system, learned, "system");
            Network network = networks.get(kind == Kind.SEPARATE ? system : 0);
            return network.logits(network.tensor(named(system, x))).toMatrix();
        }

        @Override
        public long stored() {
            long weights = networks.stream().mapToLong(Network::trainedSize).sum();
            return weights + keptX.size() * (long) (inputs + systems + outputs);
        }
    }

    /** Transitions that a network learns from, some of them at a time. */
    private static final class Batches {
        private final Network network;
        private final Tensor x;
        private final Loss loss;

        Batches(Network network, double[][] x, double[][] changes) {
            this.network = network;
            this.x = network.tensor(x);
            this.loss = MeanSquaredError.of(changes);
        }

        void accumulate(int[] rows) {
            Tensor batch = network.backend().zeros(rows.length, x.columns());
            network.backend().selectRows(x, rows, batch);
            network.accumulate(batch, rows, loss, Pass.evaluation());
        }
    }
}
