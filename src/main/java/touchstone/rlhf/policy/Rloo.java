package touchstone.rlhf.policy;

import java.util.Arrays;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * REINFORCE with the leave-one-out baseline over the answers to one prompt: a step a batch, every token of an answer with the
 * advantage of the whole answer.
 *
 * <p>Follows the paper.
 *
 * @param answers to each prompt, 2 or more
 */
@Reference("ahmadian2024back")
public record Rloo(int answers) implements PolicyLearner {
    public Rloo {
        Check.atLeast(answers, 2, "answers");
    }

    /** Four answers. */
    public static Rloo defaults() {
        return new Rloo(4);
    }

    @Override
    public Update start(SoftmaxPolicy start, long seed) {
        return (policy, batch, iteration) -> {
            double[] totals = Arrays.stream(batch.signal())
                    .mapToDouble(x -> Arrays.stream(x).sum())
                    .toArray();
            var groups = new double[totals.length / answers][];
            Arrays.setAll(groups, g -> Arrays.copyOfRange(totals, g * answers, (g + 1) * answers));
            Reinforce.step(policy, batch, batch.spread(PolicyBatch.flat(LeaveOneOut.of(groups))));
        };
    }
}
