package touchstone.rlhf.policy;

import java.util.Arrays;
import touchstone.nn.Network;
import touchstone.nn.Pass;
import touchstone.nn.loss.MeanSquaredError;
import touchstone.nn.optim.AdamW;
import touchstone.nn.optim.Optimizer;

/** A value function: a network of one output over the states of a policy, 0 at the start, trained on returns by Adam. */
final class Critic {
    private final Network network;
    private final Optimizer.Stepper stepper;
    private final double rate;

    Critic(SoftmaxPolicy like, double rate) {
        this.rate = rate;
        network = like.critic();
        stepper = AdamW.defaults().withDecay(0).start(network.backend(), network.parameters());
    }

    /** Values of states [n, d]; [n]. */
    double[] values(double[][] states) {
        return PolicyBatch.flat(network.logits(network.tensor(states)).toMatrix());
    }

    /** One step on the squared error of returns, [n]. */
    void step(double[][] states, double[] returns) {
        var targets = Arrays.stream(returns).mapToObj(r -> new double[] {r}).toArray(double[][]::new);
        int[] all = java.util.stream.IntStream.range(0, returns.length).toArray();
        network.clearGradients();
        network.accumulate(network.tensor(states), all, MeanSquaredError.of(targets), Pass.evaluation());
        stepper.step(rate);
    }
}
