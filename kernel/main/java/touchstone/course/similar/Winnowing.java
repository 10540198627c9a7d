package touchstone.course.similar;

import java.util.ArrayList;
import java.util.List;

/**
 * Fingerprints of a run of tokens: of the hashes of all {@code gram} tokens in a row, the least in each {@code window} of them, the rightmost
 * where several are. Two texts with {@code gram + window - 1} tokens in a row in common share a fingerprint; runs shorter than
 * {@code gram} share none.
 *
 * <p>Follows Schleimer, Wilkerson and Aiken (2003), [schleimer2003winnowing] in docs/references.bib.
 *
 * @param gram tokens a hash covers, at least 1
 * @param window hashes of which one is kept, at least 1
 */
public record Winnowing(int gram, int window) {
    public Winnowing {
        if (gram < 1 || window < 1) {
            throw new IllegalArgumentException("gram and window must be at least 1, were " + gram + " and " + window);
        }
    }

    /** 20 and 4: a run of 23 tokens, two or three lines, is found; the head of a loop over an array, of 18, is not. */
    public static Winnowing defaults() {
        return new Winnowing(20, 4);
    }

    /** A kept hash, and the number of the token where it begins. */
    record Print(long hash, int at) {}

    /** The hashes of all runs of {@code gram} tokens; none of a shorter text. */
    long[] grams(List<Token> tokens) {
        return grams(tokens, gram);
    }

    /** The hashes of all runs of so many tokens. */
    static long[] grams(List<Token> tokens, int gram) {
        var grams = new long[Math.max(0, tokens.size() - gram + 1)];
        for (int i = 0; i < grams.length; i++) {
            long hash = 0;
            for (Token token : tokens.subList(i, i + gram)) {
                hash = mixed(hash + token.text().hashCode());
            }
            grams[i] = hash;
        }
        return grams;
    }

    /** The fingerprints, in order, each place once. A text with fewer hashes than a window keeps one. */
    List<Print> prints(long[] grams) {
        var prints = new ArrayList<Print>();
        int last = -1;
        for (int from = 0; from < grams.length && (from == 0 || from + window <= grams.length); from++) {
            int least = from;
            for (int i = from; i < Math.min(grams.length, from + window); i++) {
                least = Long.compareUnsigned(grams[i], grams[least]) <= 0 ? i : least;
            }
            if (least != last) {
                prints.add(new Print(grams[least], least));
                last = least;
            }
        }
        return prints;
    }

    /** The finaliser of SplitMix64: every bit of the result depends on every bit of the argument. */
    private static long mixed(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
