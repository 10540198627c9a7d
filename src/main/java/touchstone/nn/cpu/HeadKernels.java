package touchstone.nn.cpu;

import touchstone.nn.Tensor;

/**
 * Attention of one item, which is one example and one head. Queries, keys and values of head h are columns h w to (h + 1) w of their
 * thirds of x; the weights of example e and head h are rows from (e heads + h) steps: a row a key, a column a query.
 */
interface HeadKernels {
    /** {@code P = softmax(Q K^T / sqrt(w))}, {@code O = P V}. */
    void forward(Tensor x, Tensor weights, Tensor out, int item);

    /** {@code dV = P^T dO}, {@code dS = P (dO V^T - rows' means)}, {@code dQ = dS K}, {@code dK = dS^T Q}. */
    void backward(Tensor x, Tensor weights, Tensor dout, Tensor dx, int item);
}
