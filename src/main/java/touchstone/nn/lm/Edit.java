package touchstone.nn.lm;

import touchstone.util.Check;

/** A change of a row of the residual stream, token by token, with its gradient. */
public interface Edit {
    /**
     * Changes the row of a token in place.
     *
     * @param position of the token in its sequence, from 0
     * @param x its row of the residual stream, [d]
     */
    void apply(int position, double[] x);

    /** Turns the gradient by the changed row, in place, into the one by the row before. */
    void pullBack(int position, double[] dx);

    /** Adds a vector, [d], to every token from position {@code from} on. */
    static Edit steer(double[] vector, int from) {
        Check.atLeast(from, 0, "from");
        double[] v = vector.clone();
        return new Edit() {
            @Override
            public void apply(int position, double[] x) {
                Check.sameLength(v.length, "vector", x.length, "the residual stream");
                for (int j = 0; position >= from && j < x.length; j++) {
                    x[j] += v[j];
                }
            }

            @Override
            public void pullBack(int position, double[] dx) {}
        };
    }

    /** Makes each row {@code scale * x + shift}, number by number, [d] each. */
    static Edit affine(double[] scale, double[] shift) {
        Check.sameLength(scale.length, "scale", shift.length, "shift");
        double[] a = scale.clone();
        double[] b = shift.clone();
        return new Edit() {
            @Override
            public void apply(int position, double[] x) {
                Check.sameLength(a.length, "scale", x.length, "the residual stream");
                for (int j = 0; j < x.length; j++) {
                    x[j] = a[j] * x[j] + b[j];
                }
            }

            @Override
            public void pullBack(int position, double[] dx) {
                for (int j = 0; j < dx.length; j++) {
                    dx[j] *= a[j];
                }
            }
        };
    }

    /** Takes out a direction, [d]: {@code x - (x r) r} with r of length 1. */
    static Edit without(double[] direction) {
        double length =
                Math.sqrt(java.util.Arrays.stream(direction).map(v -> v * v).sum());
        Check.positive(length, "length of direction");
        double[] r = java.util.Arrays.stream(direction).map(v -> v / length).toArray();
        return new Edit() {
            @Override
            public void apply(int position, double[] x) {
                Check.sameLength(r.length, "direction", x.length, "the residual stream");
                double along = 0;
                for (int j = 0; j < x.length; j++) {
                    along += x[j] * r[j];
                }
                for (int j = 0; j < x.length; j++) {
                    x[j] -= along * r[j];
                }
            }

            @Override
            public void pullBack(int position, double[] dx) {
                apply(position, dx);
            }
        };
    }
}
