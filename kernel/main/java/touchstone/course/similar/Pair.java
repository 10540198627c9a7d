package touchstone.course.similar;

import java.util.List;

/**
 * Two works with code in common that neither was given.
 *
 * @param first a student
 * @param second another
 * @param firstInSecond share of the first's fingerprints that the second has too, from 0 to 1
 * @param secondInFirst share of the second's that the first has
 * @param shared how many fingerprints both have
 * @param passages where, the longest first; they do not overlap
 */
public record Pair(
        String first, String second, double firstInSecond, double secondInFirst, int shared, List<Passage> passages) {
    public Pair {
        passages = List.copyOf(passages);
    }

    /** Tokens of the longest run in common; 0 when there is none. */
    public int longest() {
        return passages.stream().mapToInt(Passage::tokens).max().orElse(0);
    }

    /** The greater of both shares. */
    public double score() {
        return Math.max(firstInSecond, secondInFirst);
    }
}
