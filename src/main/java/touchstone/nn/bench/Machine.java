package touchstone.nn.bench;

import touchstone.nn.Backend;
import touchstone.nn.Tensor;

/** What runs an operation. */
interface Machine {
    /** {@code cpu} or {@code gpu}. */
    String name();

    /** Its arithmetic in a precision; {@link #has} says which it has. */
    Backend backend(Precision precision);

    boolean has(Precision precision);

    /** Waits until all that was asked for is done. */
    void synchronize();

    /** Lets go of memory that these tensors hold on a card. */
    void free(Tensor... tensors);
}
