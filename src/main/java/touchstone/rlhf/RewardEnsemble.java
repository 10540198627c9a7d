package touchstone.rlhf;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import touchstone.rlhf.preference.PreferenceDataset;
import touchstone.rlhf.preference.PreferencePair;
import touchstone.stats.Moments;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Several reward models as one that distrusts what they disagree on: {@code mean - doubt sd} of the members' rewards, sd with
 * divisor n - 1. A policy that exploits one member's errors gains little.
 *
 * @param members two or more; anything that gives an answer a reward on one scale
 * @param doubt weight of the disagreement, 0 or more
 */
@Reference("coste2024reward")
public record RewardEnsemble<T>(List<ToDoubleFunction<T>> members, double doubt) {
    public RewardEnsemble {
        members = List.copyOf(members);
        Check.atLeast(members.size(), 2, "members");
        Check.notNegative(doubt, "doubt");
    }

    /** Linear models of texts, each fitted to pairs drawn with replacement; doubt 1. */
    public static RewardEnsemble<String> bootstrap(
            LinearRewardModel model, PreferenceDataset pairs, int members, long seed) {
        Check.nonEmpty(pairs.size(), "pairs");
        var rewards = new ArrayList<ToDoubleFunction<String>>();
        for (int k = 0; k < members; k++) {
            RandomGenerator rng = Seeds.rng(seed, "reward-ensemble", k);
            List<PreferencePair> drawn = rng.ints(pairs.size(), 0, pairs.size())
                    .mapToObj(pairs.pairs()::get)
                    .toList();
            TextReward reward = model.fit(drawn);
            rewards.add(reward::of);
        }
        return new RewardEnsemble<>(rewards, 1);
    }

    public RewardEnsemble<T> withDoubt(double k) {
        return new RewardEnsemble<>(members, k);
    }

    /** Reward of an answer. */
    public double of(T answer) {
        double[] rewards =
                members.stream().mapToDouble(m -> m.applyAsDouble(answer)).toArray();
        return Moments.mean(rewards) - doubt * Math.sqrt(Moments.variance(rewards));
    }
}
