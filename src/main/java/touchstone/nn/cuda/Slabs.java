package touchstone.nn.cuda;

import touchstone.nn.Tensor;

/** Goes over the rows of a tensor in slabs that leave room for what is computed of them. */
record Slabs(CudaBackend backend) {
    private static final int TALL = 1 << 17; // rows at most
    private static final int SHARE = 8; // of the memory that may be held, for the room and for a result of its size

    /** What is done with a slab of rows that begins at a row, and with room of its shape. */
    @FunctionalInterface
    interface Slab {
        void with(Tensor slab, int from, Tensor room);
    }

    /**
     * Goes over rows in order.
     *
     * @param widest columns of the widest matrix of as many rows that a slab needs
     */
    void each(Tensor x, int widest, Slab work) {
        int height = backend.context.fitting(SHARE, (long) widest * Float.BYTES, Math.min(TALL, x.rows()));
        Tensor room = backend.zeros(Math.min(height, x.rows()), x.columns());
        try {
            for (int from = 0; from < x.rows(); from += height) {
                int n = Math.min(height, x.rows() - from);
                work.with(x.block(from, n, 0, x.columns()), from, room.head(n));
            }
        } finally {
            CudaBackend.free(room);
        }
    }

    /** The same with the slab's rows less a row, [1, d], in the room. */
    void less(Tensor x, int widest, Tensor row, Slab work) {
        Tensor ones = backend.zeros(1, x.columns());
        try {
            backend.fill(ones, 1);
            each(x, widest, (slab, from, off) -> {
                backend.standardise(slab, row, ones, off);
                work.with(slab, from, off);
            });
        } finally {
            CudaBackend.free(ones);
        }
    }
}
