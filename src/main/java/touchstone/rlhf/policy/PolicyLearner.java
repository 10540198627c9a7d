package touchstone.rlhf.policy;

/** How a policy is changed by the episodes it has just played: a method with its options, a record. */
public interface PolicyLearner {
    /** Answers played to each prompt of a batch, 1 or more; 2 or more where they are compared with each other. */
    int answers();

    /**
     * Starts a training.
     *
     * @param start the policy at its start, for the shape of its states
     * @param seed of what the method itself draws
     */
    Update start(SoftmaxPolicy start, long seed);

    /** A method at work. */
    interface Update {
        /**
         * Changes the policy.
         *
         * @param policy that played the batch
         * @param batch what it played
         * @param iteration number of the batch, from 0
         */
        void apply(PolicyDescent policy, PolicyBatch batch, int iteration);
    }
}
