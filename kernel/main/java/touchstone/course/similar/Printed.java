package touchstone.course.similar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A work cut into the stretches that its student wrote, with their fingerprints. */
final class Printed {
    private static final int MOST_TOKENS = 20_000; // in a cell; what is longer is not written by hand
    private static final int MOST_PLACES = 40; // of one fingerprint

    /** Tokens in a row that were not given, in a cell. */
    record Stretch(int cell, List<Token> tokens) {}

    /** A token of a stretch. */
    record Spot(int stretch, int token) {}

    final Work work;
    final List<Stretch> stretches = new ArrayList<>();
    private final Map<Long, List<Spot>> prints = new LinkedHashMap<>();

    private Printed(Work work) {
        this.work = work;
    }

    /**
     * Cuts a work.
     *
     * @param given hashes of all runs of tokens of the release: what is in one of these is not the student's
     */
    static Printed of(Work work, Set<Long> given, Winnowing winnowing) {
        var printed = new Printed(work);
        for (int cell = 0; cell < work.cells().size(); cell++) {
            List<Token> tokens = Token.of(work.cells().get(cell));
            printed.cut(cell, tokens.subList(0, Math.min(MOST_TOKENS, tokens.size())), given, winnowing);
        }
        for (int i = 0; i < printed.stretches.size(); i++) {
            for (Winnowing.Print each : winnowing.prints(printed.stretches.get(i).tokens())) {
                List<Spot> spots = printed.prints.computeIfAbsent(each.hash(), any -> new ArrayList<>());
                if (spots.size() < MOST_PLACES) {
                    spots.add(new Spot(i, each.at()));
                }
            }
        }
        return printed;
    }

    private void cut(int cell, List<Token> tokens, Set<Long> given, Winnowing winnowing) {
        long[] grams = winnowing.grams(tokens);
        int ownFrom = 0;
        int givenTo = 0;
        for (int i = 0; i < grams.length; i++) {
            if (given.contains(grams[i])) {
                if (i > givenTo) {
                    stretches.add(new Stretch(cell, tokens.subList(ownFrom, i)));
                }
                givenTo = i + winnowing.gram();
                ownFrom = givenTo;
            }
        }
        if (ownFrom < tokens.size()) {
            stretches.add(new Stretch(cell, tokens.subList(ownFrom, tokens.size())));
        }
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
