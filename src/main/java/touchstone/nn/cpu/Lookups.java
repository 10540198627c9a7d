package touchstone.nn.cpu;

import touchstone.nn.Tensor;

/** Row numbers held in a tensor. */
final class Lookups {
    private Lookups() {}

    /** The i-th number, row by row: a whole number below {@code size}. */
    static int id(Tensor ids, int i, int size) {
        double value = ids.get(i / ids.columns(), i % ids.columns());
        int id = (int) value;
        if (id != value || id < 0 || id >= size) {
            throw new IllegalArgumentException("ids[" + i / ids.columns() + ", " + i % ids.columns()
                    + "] must be a whole number in [0, " + size + "), was " + value);
        }
        return id;
    }
}
