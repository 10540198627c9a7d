package touchstone.rlhf.preference;

import java.util.Arrays;

/** Counts of the text at hand, and behind them those of the texts before. */
final class TermTally {
    private int[] index = new int[1 << 12];
    private int[] count = new int[1 << 12];
    private int[] place = new int[1 << 10]; // of each term in this text, plus 1; 0 where it has not occurred
    private int begin;
    private int used;

    void add(int term) {
        place = TextAnalyzer.grown(place, term + 1);
        if (place[term] == 0) {
            index = TextAnalyzer.grown(index, used + 1);
            count = TextAnalyzer.grown(count, used + 1);
            index[used] = term;
            count[used] = 0;
            place[term] = ++used;
        }
        count[place[term] - 1]++;
    }

    void endOfText() {
        for (int k = begin; k < used; k++) {
            place[index[k]] = 0;
        }
        begin = used;
    }

    /** Number of counts so far. */
    int used() {
        return used;
    }

    /** The terms counted, text by text, [used]. */
    int[] index() {
        return Arrays.copyOf(index, used);
    }

    /** How often each of them occurs in its text, [used]. */
    int[] count() {
        return Arrays.copyOf(count, used);
    }
}
