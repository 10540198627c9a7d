package touchstone.nn.cpu;

/** What is known of OpenBLAS' speed and threads. */
final class Tiles {
    /**
     * Multiplications up to which OpenBLAS uses one of its threads ({@code OPENBLAS_GEMM_MULTITHREAD_THRESHOLD << 16}, in its {@code
     * interface/gemm.c}). It rounds differently with each number of them, and to set that number takes up to ten milliseconds:
     * tiles of at most this size need neither, and are computed nearly as fast as large products.
     */
    static final int ALONE = 1 << 18;

    /** How many times as fast as loops it is, about. */
    static final int GAIN = 8;

    private Tiles() {}
}
