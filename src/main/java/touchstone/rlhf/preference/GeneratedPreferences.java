package touchstone.rlhf.preference;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Seeds;

/**
 * Made-up preference pairs with a known truth, for when no human ones are at hand. An answer is a row of sentences, each
 * with a worth; the reward of an answer is the sum of the worths, and the preferred answer is drawn with the Bradley-Terry
 * probability {@code 1 / (1 + exp(-(r_a - r_b)))}. A reward model can therefore not be right more often than {@link
 * #bestAccuracy} says.
 */
public final class GeneratedPreferences {
    private record Sentence(String text, double worth) {}

    private static final List<String> TOPICS = List.of(
            "open a jammed window",
            "calm a crying child",
            "store paint safely",
            "plan a long hike",
            "fix a leaking tap",
            "write to a landlord",
            "clean an old stove",
            "learn to swim",
            "mix household cleaners",
            "handle a kitchen knife");

    private static final List<Sentence> SENTENCES = List.of(
            new Sentence("Work slowly and check each step.", 0.8),
            new Sentence("Ask someone with experience if you are unsure.", 0.9),
            new Sentence("Wear gloves and keep the room well aired.", 1.1),
            new Sentence("Read the label before you begin.", 0.7),
            new Sentence("That is a fair question.", 0.1),
            new Sentence("Many people wonder about this.", 0.0),
            new Sentence("There are several ways to go about it.", 0.0),
            new Sentence("It depends on what you have at home.", 0.1),
            new Sentence("Just force it, nothing will happen.", -1.0),
            new Sentence("Ignore the warnings, they are for beginners.", -1.2),
            new Sentence("Do not bother anyone with such things.", -0.7),
            new Sentence("I have no idea and do not care.", -0.9));

    private GeneratedPreferences() {}

    /** {@code n} pairs before ties and duplicates are left out; equal arguments give equal pairs. */
    public static PreferenceDataset pairs(int n, long seed) {
        Check.atLeast(n, 1, "n");
        var all = new ArrayList<PreferencePair>();
        for (int i = 0; i < n; i++) {
            RandomGenerator rng = Seeds.rng(seed, "generated preferences", i);
            String prompt = "\n\nHuman: How do I " + TOPICS.get(rng.nextInt(TOPICS.size())) + "? (case " + i + ")"
                    + "\n\nAssistant:";
            List<Sentence> a = answer(rng);
            List<Sentence> b = answer(rng);
            boolean first = rng.nextDouble() < sigmoid(worth(a) - worth(b));
            all.add(new PreferencePair(prompt, text(first ? a : b), text(first ? b : a)));
        }
        return PreferenceDataset.of(all, "generated set, seed " + seed + " (not human preferences)", true);
    }

    /** The true reward of an answer of a generated set: the sum of the worths of its sentences. */
    public static double trueReward(String answer) {
        double sum = 0;
        for (Sentence s : SENTENCES) {
            for (int at = answer.indexOf(s.text); at >= 0; at = answer.indexOf(s.text, at + 1)) {
                sum += s.worth;
            }
        }
        return sum;
    }

    /** Share of the pairs that the true reward itself gets right, ties half: what a model can hope for. */
    public static double bestAccuracy(PreferenceDataset generated) {
        if (!generated.generated()) {
            throw new IllegalArgumentException("pairs must be a generated set, was " + generated.source());
        }
        Check.nonEmpty(generated.size(), "pairs");
        double right = 0;
        for (PreferencePair p : generated.pairs()) {
            double margin = trueReward(p.chosen()) - trueReward(p.rejected());
            right += Math.abs(margin) < 1e-9 ? 0.5 : margin > 0 ? 1 : 0; // sums of the same worths in another order
        }
        return right / generated.size();
    }

    private static List<Sentence> answer(RandomGenerator rng) {
        int[] order = Seeds.permutation(SENTENCES.size(), rng);
        int length = 1 + rng.nextInt(4);
        var sentences = new ArrayList<Sentence>();
        for (int i = 0; i < length; i++) {
            sentences.add(SENTENCES.get(order[i]));
        }
        return sentences;
    }

    private static double worth(List<Sentence> answer) {
        return answer.stream().mapToDouble(Sentence::worth).sum();
    }

    private static String text(List<Sentence> answer) {
        var text = new StringBuilder();
        answer.forEach(s -> text.append(' ').append(s.text));
        return text.toString();
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
