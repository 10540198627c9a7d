package touchstone.unlearn;

import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.nn.Pass;
import touchstone.nn.Tensor;
import touchstone.nn.loss.Loss;

/**
 * A model that can be unlearned: outputs by place, gradients of any loss of them, hidden vectors and parameters. A classifier has a row
 * of outputs an example, a model of sequences one a step. It holds buffers, so it serves one thread at a time.
 */
public interface ForgetModel {
    /** Whose tensors it takes and gives. */
    Backend backend();

    /** Its parameters in a fixed order. */
    List<Parameter> parameters();

    /** Rows of outputs an example. */
    int steps();

    /** Columns of the outputs. */
    int outputs();

    /** The logits of x [n, d], without dropout: [n * steps, outputs]; they hold until the next pass. */
    Tensor logits(Tensor x);

    /** The hidden vectors that RMU steers, of x [n, d], without dropout: [n * steps, h]; they hold until the next pass. */
    Tensor features(Tensor x);

    /** What each layer gives for x [n, d], from the first to the logits, without dropout: copies, [n * steps, width] each. */
    List<double[][]> layers(Tensor x);

    /** Adds the gradient of a loss of the logits to the parameters'; returns the loss. */
    double accumulate(Tensor x, int[] examples, Loss loss, Pass pass);

    /** Adds the gradient of a loss of {@link #features} to the parameters'; returns the loss. */
    double accumulateFeatures(Tensor x, int[] examples, Loss loss, Pass pass);

    /**
     * Sum over examples of the squares of each one's own gradient, by all trained parameters in their order.
     *
     * @param loss whose gradient by a row of the outputs depends on that row alone
     * @return [trained numbers]
     */
    double[] squaredGradients(Tensor x, int[] examples, Loss loss);

    /** A copy of the model that shares nothing with it. */
    ForgetModel copy();

    /** An untrained model of the same form, its first weights drawn from the seed. */
    ForgetModel fresh(long seed);
}
