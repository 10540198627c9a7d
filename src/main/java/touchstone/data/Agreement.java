package touchstone.data;

import java.util.ArrayList;
import java.util.List;
import touchstone.data.StochasticGrammar.Rule;

/**
 * A small English in which verbs agree with their subject, over another noun that may stand between: "one red dog near many cats
 * runs while many birds sing .". Sentences have 4 to 20 words.
 */
public final class Agreement {
    /** The verbs after one subject. */
    public static final List<String> SINGULAR = List.of("runs", "sleeps", "sings");

    /** The verbs after many, in the same order. */
    public static final List<String> PLURAL = List.of("run", "sleep", "sing");

    private static final double[] OF_VERBS = {0.5, 0.3, 0.2};
    private static final List<String> ONE = List.of("dog", "cat", "bird");
    private static final List<String> MANY = List.of("dogs", "cats", "birds");
    private static final double[] OF_NOUNS = {0.5, 0.3, 0.2};
    private static final List<String> ADJECTIVES = List.of("red", "old", "big");
    private static final double[] OF_ADJECTIVES = {0.4, 0.4, 0.2};

    private Agreement() {}

    /** The grammar. */
    public static StochasticGrammar grammar() {
        var rules = new ArrayList<Rule>();
        clause(rules, StochasticGrammar.START, "first");
        rules.add(new Rule("first verb", ".", 0.6, StochasticGrammar.END));
        rules.add(new Rule("first verb", "quickly", 0.2, "first adverb"));
        rules.add(new Rule("first verb", "while", 0.2, "second"));
        rules.add(new Rule("first adverb", ".", 0.75, StochasticGrammar.END));
        rules.add(new Rule("first adverb", "while", 0.25, "second"));
        clause(rules, "second", "second");
        rules.add(new Rule("second verb", ".", 0.75, StochasticGrammar.END));
        rules.add(new Rule("second verb", "quickly", 0.25, "second adverb"));
        rules.add(new Rule("second adverb", ".", 1, StochasticGrammar.END));
        return StochasticGrammar.of(rules);
    }

    private static void clause(List<Rule> rules, String from, String name) {
        for (boolean many : new boolean[] {false, true}) {
            String at = name + (many ? " many" : " one");
            rules.add(new Rule(from, many ? "many" : "one", 0.5, at));
            phrase(rules, at, many, 0.5, at + " adjective", at + " noun");
            phrase(rules, at + " adjective", many, 0.25, at + " adjectives", at + " noun");
            phrase(rules, at + " adjectives", many, 0, at, at + " noun");
            rules.add(new Rule(at + " noun", "near", 0.4, at + " near"));
            rules.add(new Rule(at + " near", "one", 0.5, at + " near one"));
            rules.add(new Rule(at + " near", "many", 0.5, at + " near many"));
            phrase(rules, at + " near one", false, 0, at, at + " near noun");
            phrase(rules, at + " near many", true, 0, at, at + " near noun");
            add(rules, at + " noun", many ? PLURAL : SINGULAR, OF_VERBS, 0.6, name + " verb");
            add(rules, at + " near noun", many ? PLURAL : SINGULAR, OF_VERBS, 1, name + " verb");
        }
    }

    /** An adjective with some probability, else a noun. */
    private static void phrase(
            List<Rule> rules, String at, boolean many, double adjective, String afterAdjective, String afterNoun) {
        if (adjective > 0) {
            add(rules, at, ADJECTIVES, OF_ADJECTIVES, adjective, afterAdjective);
        }
        add(rules, at, many ? MANY : ONE, OF_NOUNS, 1 - adjective, afterNoun);
    }

    private static void add(List<Rule> rules, String at, List<String> words, double[] shares, double mass, String to) {
        for (int i = 0; i < words.size(); i++) {
            rules.add(new Rule(at, words.get(i), shares[i] * mass, to));
        }
    }
}
