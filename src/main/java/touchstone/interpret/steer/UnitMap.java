package touchstone.interpret.steer;

import touchstone.nn.lm.Edit;

/** A map of activations, unit by unit. Immutable. */
public interface UnitMap {
    /** Number of units. */
    int width();

    /** Changes a row of activations, [width], in place. */
    void apply(double[] row);

    /** Number of units whose map is not the identity. */
    default int changed() {
        int count = 0;
        for (int j = 0; j < width(); j++) {
            count += changes(j) ? 1 : 0;
        }
        return count;
    }

    /** Whether the map of a unit is not the identity. */
    boolean changes(int unit);

    /** The map as a change of the residual stream at every token from position {@code from} on; for forward passes alone. */
    default Edit edit(int from) {
        return new Edit() {
            @Override
            public void apply(int position, double[] x) {
                if (position >= from) {
                    UnitMap.this.apply(x);
                }
            }

            @Override
            public void pullBack(int position, double[] dx) {
                throw new UnsupportedOperationException("gradients do not pass this map; use an AffineMap");
            }
        };
    }
}
