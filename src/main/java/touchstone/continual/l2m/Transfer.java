package touchstone.continual.l2m;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/**
 * What learning one task did to the evaluation of another: first the task learned, then the task evaluated, then a value for
 * each evaluation, in the order of the log. An evaluation keeps one learned task, the last by the order of tasks in the log
 * when several were learned since the evaluation before it.
 *
 * @param values by task learned and task evaluated; a pair without values is missing
 */
public record Transfer(Map<String, Map<String, List<Double>>> values) {
    public Transfer {
        values = Map.copyOf(values);
    }

    /** Value after and before: their ratio; NaN, and so left out, when the latter is 0. */
    static double ratio(double before, double after) {
        return before == 0 ? Double.NaN : after / before;
    }

    /** Value after and before: their difference over their sum; NaN, and so left out, when the latter is 0. */
    static double contrast(double before, double after) {
        return before + after == 0 ? Double.NaN : (after - before) / (before + after);
    }

    /** Transfer to tasks that are not learned yet (forward), or that have been (backward). */
    static Transfer of(Prepared log, Map<Integer, Double> terminal, boolean forward, DoubleBinaryOperator effect) {
        var kept = new TreeMap<Integer, Effect>();
        List<String> tasks = log.regimes().stream().map(Regime::task).distinct().toList();
        for (String learned : tasks) {
            for (String evaluated : tasks) {
                if (!learned.equals(evaluated)) {
                    add(log, terminal, forward, effect, learned, evaluated, kept);
                }
            }
        }
        var values = new LinkedHashMap<String, Map<String, List<Double>>>();
        for (Effect e : kept.values()) {
            values.computeIfAbsent(e.learned, k -> new HashMap<>())
                    .computeIfAbsent(e.evaluated, k -> new ArrayList<>())
                    .add(e.value);
        }
        return new Transfer(values);
    }

    private record Effect(String learned, String evaluated, double value) {}

    private static void add(
            Prepared log,
            Map<Integer, Double> terminal,
            boolean forward,
            DoubleBinaryOperator effect,
            String learned,
            String evaluated,
            Map<Integer, Effect> kept) {
        List<Regime> tests = log.of(evaluated, false);
        int firstLearned =
                log.of(evaluated, true).stream().mapToInt(Regime::number).min().orElse(Integer.MAX_VALUE);
        for (Regime training : log.of(learned, true)) {
            boolean wanted = forward
                    ? training.number() < firstLearned
                    : firstLearned < Integer.MAX_VALUE && training.number() > firstLearned;
            for (int i = 1; wanted && i < tests.size(); i++) {
                int before = tests.get(i - 1).number();
                int after = tests.get(i).number();
                if (before < training.number() && training.number() < after) {
                    double value = effect.applyAsDouble(
                            terminal.getOrDefault(before, Double.NaN), terminal.getOrDefault(after, Double.NaN));
                    if (!Double.isNaN(value)) {
                        kept.put(after, new Effect(learned, evaluated, value));
                    }
                }
            }
        }
    }

    /** The first value of every pair: what a lifetime's figure is made of. */
    double[] firsts() {
        return values.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .mapToDouble(v -> v.get(0))
                .toArray();
    }
}
