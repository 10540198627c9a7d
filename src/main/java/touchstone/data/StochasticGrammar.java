package touchstone.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import touchstone.util.Check;

/**
 * A language whose probabilities are known exactly: sentences are walks from the state {@code start} to {@code end}, each step
 * giving a word. In a state each word leads to one state, so the words tell the walk, and the probability of a sentence is a product.
 */
public final class StochasticGrammar {
    /** Where sentences begin. */
    public static final String START = "start";

    /** Where sentences end. */
    public static final String END = "end";

    private static final double ROUNDING = 1e-9;

    private final List<Rule> rules;
    private final Map<String, Map<String, Rule>> bySource = new LinkedHashMap<>();

    private StochasticGrammar(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        for (Rule rule : rules) {
            var here = bySource.computeIfAbsent(rule.from, k -> new LinkedHashMap<>());
            if (here.put(rule.word, rule) != null) {
                throw new IllegalArgumentException(
                        "state " + rule.from + " must have one rule for '" + rule.word + "', had two");
            }
        }
        for (Rule rule : rules) {
            if (!rule.to.equals(END) && !bySource.containsKey(rule.to)) {
                throw new IllegalArgumentException("state " + rule.to + ", where " + rule + " leads, has no rules");
            }
        }
        bySource.forEach((state, here) -> {
            double sum = here.values().stream().mapToDouble(Rule::probability).sum();
            if (!(Math.abs(sum - 1) <= ROUNDING)) {
                throw new IllegalArgumentException("probabilities of state " + state + " must sum to 1, gave " + sum);
            }
        });
        if (!bySource.containsKey(START)) {
            throw new IllegalArgumentException("rules must leave the state " + START + ", none did");
        }
    }

    /**
     * A step of a walk.
     *
     * @param from state before
     * @param word that the step gives
     * @param probability in (0, 1]; those of a state sum to 1
     * @param to state after
     */
    public record Rule(String from, String word, double probability, String to) {
        public Rule {
            Check.positive(probability, "probability of '" + word + "' in " + from);
        }
    }

    /** A grammar of these rules. */
    public static StochasticGrammar of(List<Rule> rules) {
        return new StochasticGrammar(rules);
    }

    /** All words, in the order of the rules that first give them. */
    public List<String> words() {
        return rules.stream().map(Rule::word).distinct().toList();
    }

    /** A sentence drawn at random. */
    public List<String> draw(RandomGenerator rng) {
        var words = new ArrayList<String>();
        String state = START;
        while (!state.equals(END)) {
            double u = rng.nextDouble();
            Rule chosen = null;
            for (Rule rule : rulesOf(state).values()) {
                chosen = rule;
                u -= rule.probability;
                if (u < 0) {
                    break;
                }
            }
            if (chosen == null) {
                throw new IllegalStateException("every state has rules");
            }
            words.add(chosen.word);
            state = chosen.to;
        }
        return words;
    }

    private Map<String, Rule> rulesOf(String state) {
        return bySource.getOrDefault(state, Map.of());
    }

    /** The state after the beginning of a sentence; throws at a word that cannot stand there, naming it and its place. */
    public String after(List<String> words) {
        String state = START;
        for (int i = 0; i < words.size(); i++) {
            Rule rule = rulesOf(state).get(words.get(i));
            if (rule == null) {
                throw new IllegalArgumentException("word " + i + " must be one of "
                        + rulesOf(state).keySet() + " after " + words.subList(0, i) + ", was '" + words.get(i) + "'");
            }
            state = rule.to;
        }
        return state;
    }

    /** The words that can follow the beginning of a sentence, with their probabilities; none after its end. */
    public Map<String, Double> next(List<String> words) {
        var out = new LinkedHashMap<String, Double>();
        rulesOf(after(words)).forEach((word, rule) -> out.put(word, rule.probability));
        return out;
    }

    /** {@code log p} of a whole sentence, in nats, 0 or less; minus infinity for what is no sentence. */
    public double logProbability(List<String> sentence) {
        double sum = 0;
        String state = START;
        for (String word : sentence) {
            Rule rule = rulesOf(state).get(word);
            if (rule == null) {
                return Double.NEGATIVE_INFINITY;
            }
            sum += Math.log(rule.probability);
            state = rule.to;
        }
        return state.equals(END) ? sum : Double.NEGATIVE_INFINITY;
    }

    /** Entropy of a sentence, {@code -E log p}, in nats: the sum over its steps of the entropy of each. */
    public double entropy() {
        return expected(rule -> -Math.log(rule.probability));
    }

    /** Mean number of words of a sentence. */
    public double meanLength() {
        return expected(rule -> 1);
    }

    private interface Cost {
        double of(Rule rule);
    }

    /** Expected sum of a cost over the steps of a walk: {@code V(s) = sum p (c + V(next))}, repeated until it stands. */
    private double expected(Cost cost) {
        Map<String, Double> value = new HashMap<>();
        double change = 1;
        for (int round = 0; round < 100_000 && change > 1e-15; round++) {
            change = 0;
            for (String state : bySource.keySet()) {
                double sum = 0;
                for (Rule rule : rulesOf(state).values()) {
                    sum += rule.probability * (cost.of(rule) + value.getOrDefault(rule.to, 0.0));
                }
                change = Math.max(change, Math.abs(sum - value.getOrDefault(state, 0.0)) / (1 + sum));
                value.put(state, sum);
            }
        }
        return value.getOrDefault(START, 0.0);
    }
}
