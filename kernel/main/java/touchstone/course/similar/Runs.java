package touchstone.course.similar;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the runs of tokens that two works have in common, from the fingerprints that they share. */
final class Runs {
    /** Tokens from one spot on that are those from another spot on. */
    private record Run(Printed.Spot first, Printed.Spot second, int length) {}

    private record Diagonal(int first, int second, int difference) {}

    private final Map<Diagonal, BitSet> covered = new HashMap<>();
    private final Printed first;
    private final Printed second;

    Runs(Printed first, Printed second) {
        this.first = first;
        this.second = second;
    }

    /** The runs around shared fingerprints, as long as they can be; of those that overlap the longest. */
    List<Passage> of(List<Long> shared) {
        var runs = new ArrayList<Run>();
        for (long hash : shared) {
            for (Printed.Spot a : first.spots(hash)) {
                for (Printed.Spot b : second.spots(hash)) {
                    add(a, b, runs);
                }
            }
        }
        runs.sort(Comparator.comparingInt(Run::length)
                .reversed()
                .thenComparingInt(run -> run.first().stretch())
                .thenComparingInt(run -> run.first().token())
                .thenComparingInt(run -> run.second().stretch())
                .thenComparingInt(run -> run.second().token()));
        var passages = new ArrayList<Passage>();
        var takenFirst = new HashSet<Printed.Spot>();
        var takenSecond = new HashSet<Printed.Spot>();
        for (Run run : runs) {
            if (free(run.first(), run.length(), takenFirst) && free(run.second(), run.length(), takenSecond)) {
                take(run.first(), run.length(), takenFirst);
                take(run.second(), run.length(), takenSecond);
                passages.add(new Passage(
                        place(first, run.first(), run.length()), place(second, run.second(), run.length()), own(run)));
            }
        }
        return passages;
    }

    /** Adds the run through two spots, unless they are in one that was found before. */
    private void add(Printed.Spot a, Printed.Spot b, List<Run> runs) {
        var diagonal = new Diagonal(a.stretch(), b.stretch(), a.token() - b.token());
        BitSet seen = covered.computeIfAbsent(diagonal, any -> new BitSet());
        if (!seen.get(a.token())) {
            Run run = grown(a, b);
            seen.set(run.first().token(), run.first().token() + run.length());
            runs.add(trimmed(run));
        }
    }

    /** A run without what was given at its ends. */
    private Run trimmed(Run run) {
        BitSet given = first.stretches.get(run.first().stretch()).given();
        int from = given.nextClearBit(run.first().token());
        int to = given.previousClearBit(run.first().token() + run.length() - 1) + 1;
        int skipped = from - run.first().token();
        return new Run(
                new Printed.Spot(run.first().stretch(), from),
                new Printed.Spot(run.second().stretch(), run.second().token() + skipped),
                to - from);
    }

    /** How many of a run's tokens were not given. */
    private int own(Run run) {
        int from = run.first().token();
        BitSet given = first.stretches.get(run.first().stretch()).given();
        return run.length() - given.get(from, from + run.length()).cardinality();
    }

    /** The run through two spots with the same token. */
    private Run grown(Printed.Spot a, Printed.Spot b) {
        List<Token> one = first.stretches.get(a.stretch()).tokens();
        List<Token> other = second.stretches.get(b.stretch()).tokens();
        int back = 0;
        while (back < Math.min(a.token(), b.token()) && same(one, a.token() - back - 1, other, b.token() - back - 1)) {
            back++;
        }
        int ahead = 0;
        while (a.token() + ahead < one.size()
                && b.token() + ahead < other.size()
                && same(one, a.token() + ahead, other, b.token() + ahead)) {
            ahead++;
        }
        return new Run(
                new Printed.Spot(a.stretch(), a.token() - back),
                new Printed.Spot(b.stretch(), b.token() - back),
                back + ahead);
    }

    private static boolean same(List<Token> one, int i, List<Token> other, int j) {
        return one.get(i).text().equals(other.get(j).text());
    }

    private static boolean free(Printed.Spot from, int length, Set<Printed.Spot> taken) {
        for (int i = 0; i < length; i++) {
            if (taken.contains(new Printed.Spot(from.stretch(), from.token() + i))) {
                return false;
            }
        }
        return true;
    }

    private static void take(Printed.Spot from, int length, Set<Printed.Spot> taken) {
        for (int i = 0; i < length; i++) {
            taken.add(new Printed.Spot(from.stretch(), from.token() + i));
        }
    }

    private static Passage.Place place(Printed work, Printed.Spot from, int length) {
        Printed.Stretch stretch = work.stretches.get(from.stretch());
        return new Passage.Place(
                stretch.cell(),
                stretch.tokens().get(from.token()).start(),
                stretch.tokens().get(from.token() + length - 1).end());
    }
}
