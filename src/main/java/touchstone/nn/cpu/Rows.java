package touchstone.nn.cpu;

import touchstone.nn.Activation;
import touchstone.nn.Tensor;

/** What is computed row by row: a row's numbers depend on that row alone, whoever computes it. */
interface Rows {
    void activate(Activation f, Tensor x, Tensor y, int from, int to);

    void activateGradient(Activation f, Tensor x, Tensor dy, Tensor dx, int from, int to);

    /** Softmax of the first {@code width} numbers of a row, zeros after them. */
    void softmax(Tensor x, Tensor y, int row, int width);

    void softmaxGradient(Tensor y, Tensor dy, Tensor dx, int row);

    void normalise(Tensor x, double epsilon, Tensor y, Tensor inverse, int row);

    /** {@code dx = inverse (dy - mean(dy) - y mean(y dy))}. */
    void normaliseGradient(Tensor y, Tensor inverse, Tensor dy, Tensor dx, int row);

    void timesRow(Tensor x, Tensor row, Tensor out, int i);
}
