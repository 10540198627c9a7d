package touchstone.continual.hyper;

/** Learns systems one after another; each learned system can be asked for afterwards, by its number. */
public interface DynamicsLearner {
    /** Learns the next system; the first has number 0. Whether data of earlier ones are seen again is the learner's affair. */
    void learn(Transitions system);

    /**
     * Predicted changes, [n, outputs].
     *
     * @param system number of a system learned before
     * @param inputs [n, inputs]
     */
    double[][] predict(int system, double[][] inputs);

    /** Numbers kept between systems: weights, and transitions of earlier systems. */
    long stored();
}
