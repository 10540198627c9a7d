package touchstone.rlhf;

import java.util.Arrays;

/**
 * A loss over preference pairs with its gradient.
 *
 * @param loss mean over the pairs, in nats, the centring term included
 * @param perPair {@code -log sigma(lead)} of each pair, [n], without the centring term
 * @param gradChosen derivative of the loss by each chosen reward, [n]
 * @param gradRejected derivative of the loss by each rejected reward, [n]
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; equality is by content
public record PairLoss(double loss, double[] perPair, double[] gradChosen, double[] gradRejected) {
    public PairLoss {
        perPair = perPair.clone();
        gradChosen = gradChosen.clone();
        gradRejected = gradRejected.clone();
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
