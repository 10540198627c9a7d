package touchstone.course.similar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares works with each other. */
public final class Comparison {
    /** From this many works on, what more than half of them share counts as given. */
    public static final int CLASS = 8;

    private Comparison() {}

    /**
     * All pairs of works that share a fingerprint beyond the release and what most of the class has.
     *
     * @param works of all students
     * @param release sources of the cells as they were given
     * @return the greatest score first, then the longest run, then by name
     */
    public static List<Pair> of(List<Work> works, List<String> release, Winnowing winnowing) {
        var given = new HashSet<Long>();
        for (String source : release) {
            for (long hash : Winnowing.grams(Token.of(source), Printed.GIVEN)) {
                given.add(hash);
            }
        }
        List<Printed> printed =
                works.stream().map(work -> Printed.of(work, given, winnowing)).toList();
        forgetCommon(printed);
        var pairs = new ArrayList<Pair>();
        for (int i = 0; i < printed.size(); i++) {
            for (int j = i + 1; j < printed.size(); j++) {
                Pair pair = pair(printed.get(i), printed.get(j));
                if (pair.shared() > 0) {
                    pairs.add(pair);
                }
            }
        }
        pairs.sort(Comparator.comparingDouble(Pair::score)
                .thenComparingInt(Pair::longest)
                .reversed()
                .thenComparing(Pair::first)
                .thenComparing(Pair::second));
        return pairs;
    }

    private static void forgetCommon(List<Printed> works) {
        if (works.size() >= CLASS) {
            Set<Long> common = Printed.counts(works).entrySet().stream()
                    .filter(each -> each.getValue() * 2 > works.size())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            works.forEach(work -> work.forget(common));
        }
    }

    private static Pair pair(Printed first, Printed second) {
        var shared = new ArrayList<Long>(first.hashes());
        shared.removeIf(hash -> !second.hashes().contains(hash));
        return new Pair(
                first.work.student(),
                second.work.student(),
                share(shared.size(), first),
                share(shared.size(), second),
                shared.size(),
                new Runs(first, second).of(shared));
    }

    private static double share(int shared, Printed work) {
        return shared == 0 ? 0 : (double) shared / work.hashes().size();
    }
}
