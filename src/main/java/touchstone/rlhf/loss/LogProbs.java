package touchstone.rlhf.loss;

import java.util.Arrays;
import touchstone.util.Check;

/**
 * What the losses of policies are made of: log-probabilities of the answers of n pairs, summed over their tokens, in nats and at
 * most 0. A part that a loss does not need may be absent, which is an empty array; a loss that needs it says so.
 *
 * @param policyChosen of the preferred answers under the policy, [n]
 * @param policyRejected of the other answers under the policy, [n]
 * @param referenceChosen of the preferred answers under the reference policy, [n] or empty
 * @param referenceRejected of the other answers under the reference policy, [n] or empty
 * @param lengthChosen tokens of the preferred answers, [n] or empty
 * @param lengthRejected tokens of the other answers, [n] or empty
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record LogProbs(
        double[] policyChosen,
        double[] policyRejected,
        double[] referenceChosen,
        double[] referenceRejected,
        int[] lengthChosen,
        int[] lengthRejected) {
    private static final double[] NONE = {};
    private static final int[] NO_LENGTHS = {};

    public LogProbs {
        policyChosen = checked(policyChosen, "policyChosen");
        policyRejected = checked(policyRejected, "policyRejected");
        referenceChosen = checked(referenceChosen, "referenceChosen");
        referenceRejected = checked(referenceRejected, "referenceRejected");
        lengthChosen = checked(lengthChosen, "lengthChosen");
        lengthRejected = checked(lengthRejected, "lengthRejected");
        int n = policyChosen.length;
        Check.nonEmpty(n, "policyChosen");
        Check.sameLength(n, "policyChosen", policyRejected.length, "policyRejected");
        sameOrAbsent(n, referenceChosen.length, "referenceChosen");
        Check.sameLength(referenceChosen.length, "referenceChosen", referenceRejected.length, "referenceRejected");
        sameOrAbsent(n, lengthChosen.length, "lengthChosen");
        Check.sameLength(lengthChosen.length, "lengthChosen", lengthRejected.length, "lengthRejected");
    }

    /** The policy's alone, [n] each: enough for losses without a reference once lengths are given. */
    public static LogProbs of(double[] policyChosen, double[] policyRejected) {
        return new LogProbs(policyChosen, policyRejected, NONE, NONE, NO_LENGTHS, NO_LENGTHS);
    }

    public LogProbs withReference(double[] chosen, double[] rejected) {
        return new LogProbs(policyChosen, policyRejected, chosen, rejected, lengthChosen, lengthRejected);
    }

    public LogProbs withLengths(int[] chosen, int[] rejected) {
        return new LogProbs(policyChosen, policyRejected, referenceChosen, referenceRejected, chosen, rejected);
    }

    /** Number of pairs, n. */
    public int size() {
        return policyChosen.length;
    }

    /** {@code log pi(y_c) - log ref(y_c)} of pair i. */
    double ratioChosen(int i) {
        return policyChosen[i] - referenceChosen[i];
    }

    /** {@code log pi(y_r) - log ref(y_r)} of pair i. */
    double ratioRejected(int i) {
        return policyRejected[i] - referenceRejected[i];
    }

    /** DPO's argument: the chosen answer's log-ratio less the rejected one's. */
    double lead(int i) {
        return ratioChosen(i) - ratioRejected(i);
    }

    int tokensChosen(int i) {
        return lengthChosen[i];
    }

    int tokensRejected(int i) {
        return lengthRejected[i];
    }

    double averageChosen(int i) {
        return policyChosen[i] / lengthChosen[i];
    }

    double averageRejected(int i) {
        return policyRejected[i] / lengthRejected[i];
    }

    LogProbs needReference(String loss) {
        if (referenceChosen.length == 0) {
            throw new IllegalArgumentException(
                    loss + " needs the reference's log-probabilities; add them by withReference");
        }
        return this;
    }

    LogProbs needLengths(String loss) {
        if (lengthChosen.length == 0) {
            throw new IllegalArgumentException(loss + " needs the answers' lengths in tokens; add them by withLengths");
        }
        return this;
    }

    static void checkSmoothing(double e) {
        if (!(e >= 0 && e < 0.5)) {
            throw new IllegalArgumentException("labelSmoothing must lie in [0, 0.5), was " + e);
        }
    }

    private static double[] checked(double[] values, String name) {
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] <= 0 && values[i] > Double.NEGATIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        name + "[" + i + "] must be a finite log-probability of at most 0, was " + values[i]);
            }
        }
        return values.clone();
    }

    private static int[] checked(int[] lengths, String name) {
        for (int i = 0; i < lengths.length; i++) {
            Check.atLeast(lengths[i], 1, name + "[" + i + "]");
        }
        return lengths.clone();
    }

    private static void sameOrAbsent(int n, int length, String name) {
        if (length != 0) {
            Check.sameLength(n, "policyChosen", length, name);
        }
    }

    @Override
    public double[] policyChosen() {
        return policyChosen.clone();
    }

    @Override
    public double[] policyRejected() {
        return policyRejected.clone();
    }

    @Override
    public double[] referenceChosen() {
        return referenceChosen.clone();
    }

    @Override
    public double[] referenceRejected() {
        return referenceRejected.clone();
    }

    @Override
    public int[] lengthChosen() {
        return lengthChosen.clone();
    }

    @Override
    public int[] lengthRejected() {
        return lengthRejected.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogProbs that
                && Arrays.equals(policyChosen, that.policyChosen)
                && Arrays.equals(policyRejected, that.policyRejected)
                && Arrays.equals(referenceChosen, that.referenceChosen)
                && Arrays.equals(referenceRejected, that.referenceRejected)
                && Arrays.equals(lengthChosen, that.lengthChosen)
                && Arrays.equals(lengthRejected, that.lengthRejected);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(policyChosen) + Arrays.hashCode(policyRejected);
    }

    @Override
    public String toString() {
        return "LogProbs[" + policyChosen.length + " pairs]";
    }
}
