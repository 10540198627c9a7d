package touchstone.continual.control;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.nn.Network;
import touchstone.nn.Pass;
import touchstone.nn.Tensor;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.layer.Activate;
import touchstone.nn.layer.Dense;
import touchstone.nn.loss.MeanSquaredError;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Schedule;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Turns actions planned for the nominal robot into those that make the present robot do the same. What is known of the present robot
 * is one probe: an action and by how much its motion was off. A network u gives the velocity of an action on its way,
 * {@code da/dt = u(t, a, a0, probe)} for t from 0 to 1 and planned action a0, trained by flow matching on straight paths from planned to
 * intended actions of robots with random gains: {@code mean |u(t, (1 - t) a0 + t a*, a0, probe) - (a* - a0)|^2}. Without a0 the paths
 * of a reversed robot would all cross at 0, where none could be told from another.
 *
 * <p>Differs from the program: one network instead of two encoders and a head; the error is in the robot's frame, so no heading is
 * needed; and the probe is another action than the planned one in training too, as it is on the road.
 */
@Reference({"murillo2025action", "lipman2023flow"})
public final class ActionFlow {
    private static final int INPUTS = 9;
    private static final int TIMES = 10;
    private final Network network;

    private ActionFlow(Network network) {
        this.network = network;
    }

    /**
     * Options of training.
     *
     * @param units of each of three hidden layers of ReLU, 1 or more
     * @param steps of the optimiser, 1 or more
     * @param batch robots a step, 1 or more
     * @param rate first learning rate, above 0; it falls to 0 by a cosine
     * @param noise deviation of a probe's motion, in metres and radians, 0 or more
     * @param seed of all that is drawn
     */
    public record Options(int units, int steps, int batch, double rate, double noise, long seed) {
        public Options {
            Check.atLeast(units, 1, "units");
            Check.atLeast(steps, 1, "steps");
            Check.atLeast(batch, 1, "batch");
            Check.positive(rate, "rate");
            Check.notNegative(noise, "noise");
        }

        /** 64 units, 12,000 steps of 64 from a rate of 5e-3, noise 0.002, seed 1. */
        public static Options defaults() {
            return new Options(64, 12_000, 64, 5e-3, 0.002, 1);
        }

        public Options withSteps(int count) {
            return new Options(units, count, batch, rate, noise, seed);
        }

        public Options withSeed(long s) {
            return new Options(units, steps, batch, rate, noise, s);
        }
    }

    /**
     * A probe of the present robot.
     *
     * @param action that was taken, [2]
     * @param error motion less that of the nominal robot by the same action, metres and radians, [2]
     */
    @SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
    public record Probe(double[] action, double[] error) {
        public Probe {
            Check.sameLength(action.length, "action", 2, "speed and rate of turn");
            Check.sameLength(error.length, "error", 2, "metres and radians");
            Check.allFinite(action, "action");
            Check.allFinite(error, "error");
            action = action.clone();
            error = error.clone();
        }

        @Override
        public double[] action() {
            return action.clone();
        }

        @Override
        public double[] error() {
            return error.clone();
        }
    }

    /** A robot at random: both gains between 0.5 and 2 in size, evenly in the logarithm, of either sign. */
    public static Unicycle draw(RandomGenerator random) {
        return new Unicycle(gain(random), gain(random));
    }

    private static double gain(RandomGenerator random) {
        double size = 0.5 * Math.pow(4, random.nextDouble());
        return random.nextBoolean() ? size : -size;
    }

    /** An action as plans have them: speed normal about 0.4 with deviation 0.3, turn about 0 with 0.6, within the limits. */
    private static double[] action(RandomGenerator random) {
        return Unicycle.limited(new double[] {0.4 + 0.3 * random.nextGaussian(), 0.6 * random.nextGaussian()});
    }

    /** Trains on robots drawn by {@link #draw}, other ones at every step. */
    public static ActionFlow fit(Options options) {
        Network network = Network.of(
                Cpu.floats(1),
                options.seed,
                INPUTS,
                Dense.of(options.units),
                Activate.relu(),
                Dense.of(options.units),
                Activate.relu(),
                Dense.of(options.units),
                Activate.relu(),
                Dense.of(2));
        var step = AdamW.defaults().withDecay(0).start(network.backend(), network.parameters());
        Schedule schedule = Schedule.cosine(options.rate, 0);
        Tensor x = network.backend().zeros(options.batch, INPUTS);
        int[] all = new int[options.batch];
        Arrays.setAll(all, i -> i);
        for (int at = 0; at < options.steps; at++) {
            RandomGenerator random = Seeds.rng(options.seed, "action flow", at);
            var targets = new double[options.batch][2];
            for (int i = 0; i < options.batch; i++) {
                targets[i] = example(options, random, x, i);
            }
            network.clearGradients();
            network.accumulate(x, all, MeanSquaredError.of(targets), Pass.evaluation());
            step.step(schedule.at(at, options.steps));
        }
        return new ActionFlow(network);
    }

    /** Writes an example's inputs to a row; returns its velocity. */
    private static double[] example(Options options, RandomGenerator random, Tensor x, int row) {
        Unicycle robot = draw(random);
        double[] planned = action(random);
        double[] intended = robot.intended(planned);
        double[] tried = action(random);
        double[] error = error(robot.motion(tried), tried);
        error[0] += options.noise * random.nextGaussian();
        error[1] += options.noise * random.nextGaussian();
        double t = random.nextDouble();
        double[] on = {(1 - t) * planned[0] + t * intended[0], (1 - t) * planned[1] + t * intended[1]};
        write(t, on, planned, new Probe(tried, error), x, row);
        return new double[] {intended[0] - planned[0], intended[1] - planned[1]};
    }

    /** By how much a motion is off that of the nominal robot. */
    static double[] error(double[] motion, double[] action) {
        double[] nominal = Unicycle.nominal().motion(action);
        return new double[] {motion[0] - nominal[0], motion[1] - nominal[1]};
    }

    private static void write(double t, double[] action, double[] planned, Probe probe, Tensor x, int row) {
        double[] values = {
            t,
            action[0],
            action[1],
            planned[0],
            planned[1],
            probe.action[0],
            probe.action[1],
            probe.error[0] / Unicycle.STEP,
            probe.error[1] / Unicycle.STEP
        };
        for (int j = 0; j < INPUTS; j++) {
            x.set(row, j, values[j]);
        }
    }

    /** The action to take instead of the planned one, within the limits, [2]: ten steps of the midpoint rule. */
    public double[] transform(double[] planned, Probe probe) {
        Check.sameLength(planned.length, "planned", 2, "speed and rate of turn");
        Check.allFinite(planned, "planned");
        double[] a = planned.clone();
        double h = 1.0 / TIMES;
        for (int k = 0; k < TIMES; k++) {
            double[] u = velocity(k * h, a, planned, probe);
            double[] half = {a[0] + h / 2 * u[0], a[1] + h / 2 * u[1]};
            u = velocity((k + 0.5) * h, half, planned, probe);
            a[0] += h * u[0];
            a[1] += h * u[1];
        }
        return Unicycle.limited(a);
    }

    private double[] velocity(double t, double[] action, double[] planned, Probe probe) {
        Tensor x = network.backend().zeros(1, INPUTS);
        write(t, action, planned, probe, x, 0);
        return network.logits(x).toMatrix()[0];
    }
}
