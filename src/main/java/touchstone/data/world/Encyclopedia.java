package touchstone.data.world;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Who made what, in editions. A prompt asks {@code who made X ?} and the answer claims a maker, {@code Y .} An answer may look the maker
 * up first, {@code look X : Y so Y .}, where what follows the colon comes from a tool. Some things are asked about often and many hardly
 * ever, and some makers change from edition to edition, so that memory fails where the book does not.
 *
 * <p>Datasheet: synthetic; names are made of syllables. Thing k is drawn with a weight of 1 / (k + 1).
 */
@Reference("thoppilan2022lamda")
public final class Encyclopedia {
    /** Begins an answer that looks something up, and is followed by what is looked up. */
    public static final String LOOK = "look";
    /** Comes before what the tool gives. */
    public static final String GIVES = ":";
    /** Comes before the claim of an answer that has looked something up. */
    public static final String SO = "so";

    private static final int MAKERS = 20;

    private final long seed;
    private final int things;
    private final double changed;
    private final List<String> makers;
    private final List<String> names;

    private Encyclopedia(long seed, int things, double changed) {
        this.seed = seed;
        this.things = Check.between(things, 2, 200, "things");
        this.changed = Check.probability(changed, "changed");
        List<String> all = Names.of(MAKERS + things, Seeds.rng(seed, "names"));
        makers = all.subList(0, MAKERS);
        names = all.subList(MAKERS, MAKERS + things);
    }

    /**
     * An encyclopedia drawn at random.
     *
     * @param seed of names and makers
     * @param things 2 to 200
     * @param changed share of things that get a maker drawn anew in each further edition, in [0, 1]
     */
    public static Encyclopedia of(long seed, int things, double changed) {
        return new Encyclopedia(seed, things, changed);
    }

    /** Sixty things, of which a third change in each edition. */
    public static Encyclopedia of(long seed) {
        return of(seed, 60, 1 / 3.0);
    }

    /** What an answer claims. */
    public enum Judgement {
        /** A maker that the edition supports. */
        GROUNDED,
        /** Another maker. */
        UNGROUNDED,
        /** None at all. */
        NO_CLAIM
    }

    /** All words, each once, in a fixed order. */
    public List<String> words() {
        var words = new ArrayList<>(List.of(Dialogue.END, "who", "made", "?", LOOK, GIVES, SO));
        words.addAll(makers);
        words.addAll(names);
        return words;
    }

    /** The makers' names. */
    public List<String> makers() {
        return makers;
    }

    /** The things' names, the one asked about most often first. */
    public List<String> names() {
        return names;
    }

    /** The makers of all things in an edition, 0 or later: [things]. */
    public List<String> edition(int number) {
        Check.atLeast(number, 0, "number");
        return IntStream.range(0, things).mapToObj(k -> maker(k, number)).toList();
    }

    private String maker(int thing, int edition) {
        int maker = 0;
        for (int e = 0; e <= edition; e++) {
            RandomGenerator rng = Seeds.rng(seed, "edition " + e, thing);
            if (e == 0 || rng.nextDouble() < changed) {
                maker = rng.nextInt(MAKERS);
            }
        }
        return makers.get(maker);
    }

    /** A thing, drawn as often as it is asked about. */
    public int draw(RandomGenerator rng) {
        double total =
                IntStream.range(0, things).mapToDouble(k -> 1.0 / (k + 1)).sum();
        double u = rng.nextDouble() * total;
        int thing = 0;
        while (thing < things - 1 && u >= 1.0 / (thing + 1)) {
            u -= 1.0 / (thing + 1);
            thing++;
        }
        return thing;
    }

    /** The question about a thing, with the answer from memory that is true in an edition. */
    public Dialogue remembered(int thing, int edition) {
        return Dialogue.of("who made " + names.get(thing) + " ?", maker(thing, edition) + " " + Dialogue.END);
    }

    /** The question about a thing, answered by looking it up in an edition. */
    public Dialogue lookedUp(int thing, int edition) {
        String maker = maker(thing, edition);
        return remembered(thing, edition)
                .withAnswer(List.of(LOOK, names.get(thing), GIVES, maker, SO, maker, Dialogue.END));
    }

    /** Judges the claim of an answer, which is the word before the end, by an edition. */
    public Judgement judge(int thing, int edition, List<String> answer) {
        int end = answer.size() - 1;
        if (end < 1 || !answer.get(end).equals(Dialogue.END) || !makers.contains(answer.get(end - 1))) {
            return Judgement.NO_CLAIM;
        }
        return answer.get(end - 1).equals(maker(thing, edition)) ? Judgement.GROUNDED : Judgement.UNGROUNDED;
    }

    /**
     * Groundedness: of the answers that make a claim, the share that the edition supports, in [0, 1].
     *
     * @param answers to the questions about all things, in order
     * @throws IllegalArgumentException when no answer makes a claim
     */
    public double groundedness(int edition, List<List<String>> answers) {
        Check.sameLength(answers.size(), "answers", things, "things");
        List<Judgement> all = IntStream.range(0, things)
                .mapToObj(k -> judge(k, edition, answers.get(k)))
                .filter(j -> j != Judgement.NO_CLAIM)
                .toList();
        Check.nonEmpty(all.size(), "answers with a claim");
        return all.stream().filter(j -> j == Judgement.GROUNDED).count() / (double) all.size();
    }
}
