package touchstone.continual.l2m;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A run of experiences with the same block, type, subtype and task.
 *
 * @param number place in the log, from 0
 * @param first its first experience, which names block, type, subtype and task
 * @param values performance of its experiences by experience number, [n]; lines of one number are averaged
 * @param lines number of log lines, n or more
 */
@SuppressWarnings("ArrayRecordComponent") // within this package, never changed
record Regime(int number, Experience first, double[] values, int lines) {
    boolean learning() {
        return first.learning();
    }

    String task() {
        return first.task();
    }

    boolean wake() {
        return first.subtype().equals("wake");
    }

    Regime with(double[] values) {
        return new Regime(number, first, values, lines);
    }

    /** The regimes of a log, in its order. */
    static List<Regime> of(List<Experience> log) {
        var regimes = new ArrayList<Regime>();
        int from = 0;
        for (int i = 1; i <= log.size(); i++) {
            if (i == log.size() || !together(log.get(from), log.get(i))) {
                regimes.add(regime(regimes.size(), log.subList(from, i)));
                from = i;
            }
        }
        return regimes;
    }

    private static boolean together(Experience a, Experience b) {
        return a.block() == b.block()
                && a.learning() == b.learning()
                && a.subtype().equals(b.subtype())
                && a.task().equals(b.task());
    }

    private static Regime regime(int number, List<Experience> lines) {
        List<Experience> sorted = lines.stream()
                .sorted(Comparator.comparingLong(Experience::number))
                .toList();
        var values = new double[sorted.size()];
        int n = 0;
        for (int i = 0; i < sorted.size(); ) {
            int from = i;
            double sum = 0;
            while (i < sorted.size()
                    && sorted.get(i).number() == sorted.get(from).number()) {
                sum += sorted.get(i++).performance();
            }
            values[n++] = sum / (i - from);
        }
        return new Regime(number, lines.get(0), Arrays.copyOf(values, n), sorted.size());
    }

    /** The values of several regimes, one after the other. */
    static double[] concatenated(List<Regime> regimes) {
        return regimes.stream().flatMapToDouble(r -> Arrays.stream(r.values)).toArray();
    }
}
