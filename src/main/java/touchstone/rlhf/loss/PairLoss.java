package touchstone.rlhf.loss;

import java.util.Arrays;

/**
 * A loss over pairs of answers with its gradient by one number an answer: its reward, or its log-probability under the policy.
 *
 * @param loss mean over the pairs, terms beside the pairs' own (such as centring) included
 * @param perPair the loss of each pair, [n], without such terms
 * @param gradChosen derivative of the loss by each chosen answer's number, [n]
 * @param gradRejected derivative of the loss by each rejected answer's number, [n]
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record PairLoss(double loss, double[] perPair, double[] gradChosen, double[] gradRejected) {
    public PairLoss {
        perPair = perPair.clone();
        gradChosen = gradChosen.clone();
        gradRejected = gradRejected.clone();
    }

    /** The loss and the derivatives of one pair. */
    record Term(double value, double byChosen, double byRejected) {
        /** A term of the difference of the two numbers alone. */
        static Term ofLead(double value, double byLead) {
            return new Term(value, byLead, -byLead);
        }
    }

    /** The loss of one pair by its number. */
    @FunctionalInterface
    interface Terms {
        Term at(int i);
    }

    /** The mean over n pairs. */
    static PairLoss mean(int n, Terms terms) {
        var perPair = new double[n];
        var gradChosen = new double[n];
        var gradRejected = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            Term t = terms.at(i);
            perPair[i] = t.value;
            sum += t.value;
            gradChosen[i] = t.byChosen / n;
            gradRejected[i] = t.byRejected / n;
        }
        return new PairLoss(sum / n, perPair, gradChosen, gradRejected);
    }

    @Override
    public double[] perPair() {
        return perPair.clone();
    }

    @Override
    public double[] gradChosen() {
        return gradChosen.clone();
    }

    @Override
    public double[] gradRejected() {
        return gradRejected.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PairLoss that
                && loss == that.loss
                && Arrays.equals(perPair, that.perPair)
                && Arrays.equals(gradChosen, that.gradChosen)
                && Arrays.equals(gradRejected, that.gradRejected);
    }

    @Override
    public int hashCode() {
        return Double.hashCode(loss) + 31 * Arrays.hashCode(perPair);
    }

    @Override
    public String toString() {
        return "PairLoss[loss=" + loss + ", " + perPair.length + " pairs]";
    }
}
