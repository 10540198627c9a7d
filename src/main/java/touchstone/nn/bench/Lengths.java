package touchstone.nn.bench;

import touchstone.nn.Backend;
import touchstone.nn.Tensor;

/** Squared lengths {@code |A (x - mean)|^2} of rows by a backend's own operations, as the processor makes scores. */
final class Lengths {
    private final Backend backend;
    private final Tensor x;
    private final Tensor matrix;
    private final Tensor shift;
    private final Tensor image;
    private final Tensor ones;

    /**
     * Gets ready.
     *
     * @param x [n, d]
     * @param mean [1, d]
     * @param matrix A, [r, d]
     */
    Lengths(Backend backend, Tensor x, Tensor mean, Tensor matrix) {
        this.backend = backend;
        this.x = x;
        this.matrix = matrix;
        int r = matrix.rows();
        shift = backend.zeros(1, r);
        backend.abt(mean, matrix, shift);
        backend.scale(-1, shift);
        image = backend.zeros(x.rows(), r);
        ones = backend.zeros(1, r);
        backend.fill(ones, 1);
    }

    /** Writes them, [n, 1]. */
    void squared(Tensor out) {
        backend.abt(x, matrix, image);
        backend.addRow(shift, image);
        backend.times(image, image, image);
        backend.abt(image, ones, out);
    }
}
