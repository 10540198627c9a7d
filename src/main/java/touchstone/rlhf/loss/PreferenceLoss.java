package touchstone.rlhf.loss;

/** A loss that trains a policy on pairs of answers without a reward model. */
public interface PreferenceLoss {
    /** The mean over the pairs, and its gradient by the policy's log-probabilities (sums over tokens). */
    PairLoss of(LogProbs pairs);
}
