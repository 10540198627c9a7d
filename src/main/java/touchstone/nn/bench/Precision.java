package touchstone.nn.bench;

/** Precision of products: what factors are rounded to, and how far a result may lie from float64. */
enum Precision {
    /** float32. Sums of some thousand products, each rounded by 2^-24, stay below a tenth of this. */
    FP32("fp32", 1e-5),
    /** Factors of 10 bits after the point: off by at most 2^-11 each. */
    TF32("tf32", 1e-3),
    /** Factors and results of 7 bits after the point: off by at most 2^-9 each. */
    BF16("bf16", 6e-3);

    private final String title;
    private final double bound;

    Precision(String title, double bound) {
        this.title = title;
        this.bound = bound;
    }

    String title() {
        return title;
    }

    /** Bound of {@code ||out - ref|| / ||ref||} of a product. */
    double bound() {
        return bound;
    }
}
