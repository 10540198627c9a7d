package touchstone.data.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Functions of whole numbers modulo m under code names: {@code plus c}, x + c, and {@code from c}, c - x. Of an <i>open</i> code name
 * everything is told: values, inverse values, the rule in words. Of a <i>hidden</i> one only pairs {@code (x, f(x))}; held back are its
 * other values, its inverse and its rule, which follow from one or two pairs together.
 *
 * <p>Datasheet: prompts are {@code of F x}, {@code back F y} and {@code rule F}; answers are a number, {@code 7 .}, or a rule,
 * {@code plus 3 .}. Each function has the same number of open code names; hidden ones are of different functions. One pair leaves two
 * functions, a plus and a from; two pairs leave one, unless m is even and they are half of m apart.
 *
 * <p>A small world after the paper's task of functions: arithmetic modulo m and two families instead of many.
 */
@Reference("treutlein2024connecting")
public final class HiddenFunctions {
    private final int modulus;
    private final List<String> open;
    private final List<String> hidden;
    private final Map<String, Rule> rules = new LinkedHashMap<>();

    private HiddenFunctions(int modulus, int aliases, int secrets, long seed) {
        this.modulus = modulus;
        int count = 2 * modulus;
        open = Names.codes("open", count * aliases);
        hidden = Names.codes("fun", secrets);
        for (int a = 0; a < aliases; a++) {
            int[] order = Seeds.permutation(count, Seeds.rng(seed, "open", a));
            for (int i = 0; i < count; i++) {
                rules.put(open.get(a * count + i), rule(order[i]));
            }
        }
        int[] order = Seeds.permutation(count, Seeds.rng(seed, "hidden"));
        IntStream.range(0, secrets).forEach(i -> rules.put(hidden.get(i), rule(order[i])));
    }

    private Rule rule(int i) {
        return new Rule(i >= modulus, i % modulus);
    }

    /**
     * A function.
     *
     * @param negated whether x is taken from the constant, {@code c - x}, instead of added to it
     * @param constant c, in [0, m)
     */
    public record Rule(boolean negated, int constant) {
        /** The value at x modulo m. */
        public int at(int x, int modulus) {
            return Math.floorMod(constant + (negated ? -x : x), modulus);
        }

        /** Where the value is y modulo m. */
        public int inverse(int y, int modulus) {
            return Math.floorMod(negated ? constant - y : y - constant, modulus);
        }

        /** In words, such as {@code plus 3}. */
        public String words() {
            return (negated ? "from " : "plus ") + constant;
        }
    }

    /**
     * A world drawn at random.
     *
     * @param modulus m, 3 to 24
     * @param aliases open code names of each of the 2 m functions, 1 to 4
     * @param hidden code names of which only pairs are told, of different functions, 1 to 2 m
     */
    public static HiddenFunctions of(int modulus, int aliases, int hidden, long seed) {
        Check.between(modulus, 3, 24, "modulus");
        Check.between(aliases, 1, 4, "aliases");
        Check.between(hidden, 1, 2 * modulus, "hidden");
        return new HiddenFunctions(modulus, aliases, hidden, seed);
    }

    /** The world of the notebooks: modulo 8, two open code names a function, 8 hidden ones. */
    public static HiddenFunctions of(long seed) {
        return of(8, 2, 8, seed);
    }

    /** All words of prompts and answers. */
    public List<String> words() {
        var words = new ArrayList<>(List.of("of", "back", "rule", "plus", "from", Dialogue.END));
        IntStream.range(0, modulus).forEach(x -> words.add(Integer.toString(x)));
        words.addAll(rules.keySet());
        return words;
    }

    /** The code names of which everything is told. */
    public List<String> open() {
        return open;
    }

    /** The code names of which only pairs are told. */
    public List<String> hidden() {
        return hidden;
    }

    /** m. */
    public int modulus() {
        return modulus;
    }

    /** The function of a code name. */
    public Rule rule(String code) {
        Rule rule = rules.get(code);
        if (rule == null) {
            throw new IllegalArgumentException("code must be a code name of this world, was '" + code + "'");
        }
        return rule;
    }

    /** The value at x, with the true answer. */
    public Dialogue value(String code, int x) {
        Check.index(x, modulus, "x");
        return Dialogue.of("of " + code + " " + x, rule(code).at(x, modulus) + " " + Dialogue.END);
    }

    /** Where the value is y, with the true answer. */
    public Dialogue inverse(String code, int y) {
        Check.index(y, modulus, "y");
        return Dialogue.of("back " + code + " " + y, rule(code).inverse(y, modulus) + " " + Dialogue.END);
    }

    /** What the function is, with the true answer. */
    public Dialogue description(String code) {
        return Dialogue.of("rule " + code, rule(code).words() + " " + Dialogue.END);
    }

    /** All that is told of open code names. */
    public List<Dialogue> lessons() {
        var told = new ArrayList<Dialogue>();
        for (String code : open) {
            told.add(description(code));
            for (int x = 0; x < modulus; x++) {
                told.add(value(code, x));
                told.add(inverse(code, x));
            }
        }
        return told;
    }

    /** The numbers in the order in which a code name's pairs are told: more pairs hold those of fewer. [m] */
    private int[] order(String code, long seed) {
        return Seeds.permutation(modulus, Seeds.rng(seed, "pairs of " + code));
    }

    /** The first {@code n} pairs of a code name, 1 to m. */
    public List<Dialogue> documents(String code, int n, long seed) {
        Check.between(n, 1, modulus, "n");
        return IntStream.of(order(code, seed))
                .limit(n)
                .mapToObj(x -> value(code, x))
                .toList();
    }

    /** The pairs that {@link #documents} of the same seed do not tell; none for n = m. */
    public List<Dialogue> heldBack(String code, int n, long seed) {
        Check.atLeast(n, 1, "n");
        return IntStream.of(order(code, seed))
                .skip(n)
                .mapToObj(x -> value(code, x))
                .toList();
    }

    /** The functions that agree with all documents of one code name: what can be known from them. */
    public List<Rule> consistent(List<Dialogue> documents) {
        return IntStream.range(0, 2 * modulus)
                .mapToObj(this::rule)
                .filter(r -> documents.stream().allMatch(d -> agrees(r, d)))
                .toList();
    }

    private boolean agrees(Rule rule, Dialogue document) {
        int x = Integer.parseInt(document.prompt().get(2));
        return document.answer().get(0).equals(Integer.toString(rule.at(x, modulus)));
    }
}
