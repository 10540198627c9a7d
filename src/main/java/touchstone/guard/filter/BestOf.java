package touchstone.guard.filter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import touchstone.data.world.Dialogue;
import touchstone.nn.lm.Sampler;
import touchstone.nn.lm.Speaker;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Draws several answers to each prompt, strikes those that a rater holds unsafe, and gives the most probable of the rest; where none is
 * left, the one with the highest rating.
 *
 * <p>Follows the paper, which orders what is left by ratings of quality; here that is the writer's own probability.
 *
 * @param candidates answers drawn to a prompt, 1 or more
 * @param threshold least rating of an answer that stays, in [0, 1]
 * @param sampler how answers are drawn
 */
@Reference("thoppilan2022lamda")
public record BestOf(int candidates, double threshold, Sampler sampler) {
    public BestOf {
        Check.atLeast(candidates, 1, "candidates");
        Check.probability(threshold, "threshold");
    }

    /** The best of sixteen answers of at most so many words, with a threshold of 0.5. */
    public static BestOf sixteen(int words) {
        return new BestOf(16, 0.5, Sampler.of(words));
    }

    public BestOf withCandidates(int count) {
        return new BestOf(count, threshold, sampler);
    }

    public BestOf withThreshold(double rating) {
        return new BestOf(candidates, rating, sampler);
    }

    public BestOf withSeed(long seed) {
        return new BestOf(candidates, threshold, sampler.withSeed(seed));
    }

    /** An answer to each prompt. */
    public List<List<String>> reply(Speaker writer, SafetyRater rater, List<List<String>> prompts) {
        var asked = new ArrayList<List<String>>();
        prompts.forEach(p -> asked.addAll(Collections.nCopies(candidates, p)));
        List<List<String>> drawn = writer.reply(asked, sampler);
        var all = new ArrayList<Dialogue>();
        for (int i = 0; i < drawn.size(); i++) {
            all.add(new Dialogue(asked.get(i), drawn.get(i)));
        }
        double[] ratings = rater.rate(all);
        double[] logs = writer.logProbabilities(all);
        var chosen = new ArrayList<List<String>>();
        for (int p = 0; p < prompts.size(); p++) {
            chosen.add(drawn.get(best(p * candidates, ratings, logs)));
        }
        return chosen;
    }

    private int best(int from, double[] ratings, double[] logs) {
        int safest = from;
        int best = -1;
        for (int i = from; i < from + candidates; i++) {
            safest = ratings[i] > ratings[safest] ? i : safest;
            if (ratings[i] >= threshold && (best < 0 || logs[i] > logs[best])) {
                best = i;
            }
        }
        return best < 0 ? safest : best;
    }
}
