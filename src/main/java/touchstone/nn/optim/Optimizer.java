package touchstone.nn.optim;

import java.util.List;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.util.Archive;

/** The options of a way to change parameters by their gradients; a record. */
public interface Optimizer {
    /** Starts afresh on parameters; what is not trained is left alone. */
    Stepper start(Backend backend, List<Parameter> parameters);

    /** An optimiser at work, with its moments. */
    interface Stepper {
        /** Changes the values by the gradients, which stay. */
        void step(double rate);

        /** Tells the moments. */
        void persist(Archive archive);
    }
}
