package touchstone.continual.hyper;

import touchstone.nn.Network;
import touchstone.nn.Tensor;
import touchstone.nn.loss.MeanSquaredError;
import touchstone.nn.optim.AdamW;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Dynamics by a hypernetwork, one vector a system; no data of earlier systems are seen again. Adam starts afresh with each system.
 *
 * @param beta weight of the regulariser that holds earlier systems, 0 or more
 * @param embedding length of a system's vector, 1 or more
 * @param hidden units of either hidden layer of the hypernetwork, 1 or more
 * @param fit of each system
 */
@Reference("huang2021continual")
public record HyperDynamics(double beta, int embedding, int hidden, DynamicsFit fit) {
    public HyperDynamics {
        Check.notNegative(beta, "beta");
        Check.atLeast(embedding, 1, "embedding");
        Check.atLeast(hidden, 1, "hidden");
    }

    /** The paper's beta of 0.05 and vectors of 10; 32 hidden units. */
    public static HyperDynamics defaults() {
        return new HyperDynamics(0.05, 10, 32, DynamicsFit.defaults());
    }

    public HyperDynamics withBeta(double b) {
        return new HyperDynamics(b, embedding, hidden, fit);
    }

    public HyperDynamics withFit(DynamicsFit f) {
        return new HyperDynamics(beta, embedding, hidden, f);
    }

    /** A learner of systems with so many inputs and outputs. */
    public DynamicsLearner start(int inputs, int outputs) {
        Network target = fit.network(inputs, outputs, fit.seed());
        var hyper = Hypernetwork.of(target, embedding, new int[] {hidden, hidden}, fit.seed());
        return new DynamicsLearner() {
            @Override
            public void learn(Transitions system) {
                int task = hyper.addTask();
                Tensor x = target.tensor(system.inputs());
                var loss = MeanSquaredError.of(system.changes());
                var step = AdamW.defaults().withDecay(0).start(target.backend(), hyper.trainable());
                fit.steps(system.size(), task, (rows, rate) -> {
                    Tensor batch = target.backend().zeros(rows.length, inputs);
                    target.backend().selectRows(x, rows, batch);
                    hyper.gradients(batch, rows, loss, task == 0 ? 0 : beta);
                    step.step(rate);
                });
            }

            @Override
            public double[][] predict(int system, double[][] x) {
                return hyper.outputs(system, target.tensor(x)).toMatrix();
            }

            @Override
            public long stored() {
                return hyper.size();
            }
        };
    }
}
