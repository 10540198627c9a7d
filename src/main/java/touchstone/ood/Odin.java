package touchstone.ood;

import java.util.Arrays;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * ODIN: minus the largest softmax probability at temperature T of a perturbed input, {@code -max_c softmax(f(x') / T)_c}
 * with {@code x' = x - epsilon sign(grad_x -log softmax(f(x) / T)_yhat)}; in [-1, -1/c]. Nothing is learned; each scored
 * batch brings its model, {@link Batch#ofInputs}.
 *
 * <p>Follows the paper: T = 1000, epsilon 0.0014 for inputs in [0, 1].
 *
 * @param temperature T, above 0
 * @param epsilon length of the step, in input units, 0 or more
 */
@Reference("liang2018enhancing")
public record Odin(double temperature, double epsilon) implements Detector {
    public Odin {
        Check.positive(temperature, "temperature");
        Check.notNegative(epsilon, "epsilon");
    }

    /** T = 1000, epsilon 0.0014. */
    public static Odin defaults() {
        return new Odin(1000, 0.0014);
    }

    public Odin withTemperature(double t) {
        return new Odin(t, epsilon);
    }

    public Odin withEpsilon(double e) {
        return new Odin(temperature, e);
    }

    @Override
    public Set<Input> requires() {
        return Set.of(Input.GRADIENT);
    }

    @Override
    public Scorer learn(Batch train) {
        return batch -> {
            double[][] z = Batches.rows(batch.model().logits(perturbed(batch)), "logits");
            return Vectors.each(z.length, i -> -Vectors.max(Vectors.softmax(z[i], temperature)));
        };
    }

    /** The inputs after the step, [n, ...]. */
    INDArray perturbed(Batch batch) {
        double[][] upstream =
                Arrays.stream(batch.logitRows()).map(this::upstream).toArray(double[][]::new);
        INDArray x = batch.inputs();
        INDArray gradient = batch.model().inputGradient(x, Nd4j.createFromArray(upstream));
        if (!Arrays.equals(gradient.shape(), x.shape())) {
            throw new IllegalArgumentException("inputGradient must have the shape of the inputs, "
                    + Arrays.toString(x.shape()) + ", had " + Arrays.toString(gradient.shape()));
        }
        double[] moved = x.dup('c').data().asDouble();
        double[] slope = gradient.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        Check.noNaN(slope, "inputGradient");
        for (int j = 0; j < moved.length; j++) {
            moved[j] -= epsilon * Math.signum(slope[j]);
        }
        return Nd4j.createFromArray(moved).reshape(x.shape());
    }

    /** The gradient of the negative log-likelihood of the predicted class in the logits. */
    private double[] upstream(double[] z) {
        double[] p = Vectors.softmax(z, temperature);
        p[Vectors.argMax(z)] -= 1;
        return Arrays.stream(p).map(v -> v / temperature).toArray();
    }
}
