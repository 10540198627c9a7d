package touchstone.continual.strategy;

import touchstone.continual.Labelled;
import touchstone.nn.Tensor;
import touchstone.util.Archive;

/** The options of a way to learn task after task; a record. */
public interface Strategy {
    /** A learner that changes the network of a descent. */
    Learner start(Descent descent);

    /** Learns task after task. Calls come in the order begin, steps, end, for each task in turn. */
    interface Learner {
        /** Before the first step on a task. */
        default void begin(Labelled task) {}

        /**
         * One update.
         *
         * @param task examples of the task at hand
         * @param rows the batch, row numbers of the task
         * @return the loss before the update, all its terms together
         */
        double step(Labelled task, int[] rows);

        /** After the last step on a task. */
        default void end(Labelled task) {}

        /** Logits of inputs [n, d] by what has been learned, [n, classes]; they hold until the next call. */
        Tensor logits(Tensor x);

        /** Tells all that later steps depend on, the network and its descent included, between tasks. */
        void persist(Archive archive);

        /** Numbers kept beside the network for the sake of earlier tasks: stored inputs, old weights, importances. */
        default long stored() {
            return 0;
        }
    }
}
