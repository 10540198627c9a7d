package touchstone.course.similar;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A work's tokens, told into given and own ones, with the fingerprints of the own. */
final class Printed {
    private static final int MOST_TOKENS = 20_000; // in a cell; what is longer is not written by hand
    private static final int MOST_PLACES = 40; // of one fingerprint

    /** Shorter runs in common with the release say nothing of where they come from. */
    static final int GIVEN = 10;

    /** A cell's tokens, and which of them are in a run that was given. */
    record Stretch(int cell, List<Token> tokens, BitSet given) {}

    /** A token of a stretch. */
    record Spot(int stretch, int token) {}

    final Work work;
    final List<Stretch> stretches = new ArrayList<>();
    private final Map<Long, List<Spot>> prints = new LinkedHashMap<>();

    private Printed(Work work) {
        this.work = work;
    }

    /**
     * Reads a work.
     *
     * @param given hashes of all runs of {@link #GIVEN} tokens of the release
     */
    static Printed of(Work work, Set<Long> given, Winnowing winnowing) {
        var printed = new Printed(work);
        for (int cell = 0; cell < work.cells().size(); cell++) {
            List<Token> all = Token.of(work.cells().get(cell));
            List<Token> tokens = List.copyOf(all.subList(0, Math.min(MOST_TOKENS, all.size())));
            var stretch = new Stretch(cell, tokens, given(tokens, given));
            printed.stretches.add(stretch);
            for (Winnowing.Print each : winnowing.prints(winnowing.grams(tokens))) {
                if (isOwn(stretch, each.at(), winnowing.gram())) {
                    printed.add(each.hash(), new Spot(cell, each.at()));
                }
            }
        }
        return printed;
    }

    private void add(long hash, Spot spot) {
        List<Spot> spots = prints.computeIfAbsent(hash, any -> new ArrayList<>());
        if (spots.size() < MOST_PLACES) {
            spots.add(spot);
        }
    }

    private static BitSet given(List<Token> tokens, Set<Long> hashes) {
        long[] grams = Winnowing.grams(tokens, GIVEN);
        var given = new BitSet();
        for (int i = 0; i < grams.length; i++) {
            if (hashes.contains(grams[i])) {
                given.set(i, i + GIVEN);
            }
        }
        return given;
    }

    /** Whether at least half of some tokens were not given. */
    private static boolean isOwn(Stretch stretch, int from, int count) {
        return stretch.given().get(from, from + count).cardinality() * 2 <= count;
    }

    /** The different fingerprints. */
    Set<Long> hashes() {
        return prints.keySet();
    }

    /** Where a fingerprint is. */
    List<Spot> spots(long hash) {
        return prints.getOrDefault(hash, List.of());
    }

    void forget(Set<Long> hashes) {
        prints.keySet().removeAll(hashes);
    }

    /** In how many works each fingerprint is. */
    static Map<Long, Integer> counts(List<Printed> works) {
        var counts = new HashMap<Long, Integer>();
        works.forEach(work -> work.hashes().forEach(hash -> counts.merge(hash, 1, Integer::sum)));
        return counts;
    }
}
