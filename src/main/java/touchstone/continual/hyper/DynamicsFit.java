package touchstone.continual.hyper;

import touchstone.nn.Network;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.nn.optim.Schedule;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * How one system is fitted, alike for all learners: a network of two tanh layers, Adam, and batches drawn at random.
 *
 * @param units of either hidden layer, 1 or more
 * @param steps of the optimiser a system, 1 or more
 * @param batch transitions a step, 1 or more; a system with fewer is seen whole
 * @param rate first learning rate, above 0; it falls to 0 by a cosine within each system
 * @param seed of first weights and batches
 */
public record DynamicsFit(int units, int steps, int batch, double rate, long seed) {
    public DynamicsFit {
        Check.atLeast(units, 1, "units");
        Check.atLeast(steps, 1, "steps");
        Check.atLeast(batch, 1, "batch");
        Check.positive(rate, "rate");
    }

    /** 24 units, 1,500 steps of 32 from a rate of 3e-3, seed 1. */
    public static DynamicsFit defaults() {
        return new DynamicsFit(24, 1500, 32, 3e-3, 1);
    }

    public DynamicsFit withSteps(int count) {
        return new DynamicsFit(units, count, batch, rate, seed);
    }

    public DynamicsFit withSeed(long s) {
        return new DynamicsFit(units, steps, batch, rate, s);
    }

    Network network(int inputs, int outputs, long of) {
        return Network.of(
                Cpu.floats(1),
                of,
                inputs,
                Dense.of(units),
                Activate.tanh(),
                Dense.of(units),
                Activate.tanh(),
                Dense.of(outputs));
    }

    /** One step of an optimiser. */
    @FunctionalInterface
    interface Step {
        void take(int[] rows, double rate);
    }

    /** Takes all steps on a system of n transitions. */
    void steps(int n, int system, Step step) {
        var random = Seeds.rng(seed, "dynamics batches", system);
        Schedule schedule = Schedule.cosine(rate, 0);
        for (int at = 0; at < steps; at++) {
            int[] rows = n <= batch
                    ? Seeds.permutation(n, random)
                    : random.ints(batch, 0, n).toArray();
            step.take(rows, schedule.at(at, steps));
        }
    }
}
