package touchstone.data.world;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import touchstone.util.Seeds;

/** Words that mean nothing. */
final class Names {
    private static final String CONSONANTS = "bdfgklmnprstvz";
    private static final String VOWELS = "aeiou";

    private Names() {}

    /** So many different words of two syllables, in an order drawn at random; at most 4,900. */
    static List<String> of(int count, RandomGenerator rng) {
        int syllables = CONSONANTS.length() * VOWELS.length();
        int[] order = Seeds.permutation(syllables * syllables, rng);
        return IntStream.range(0, count)
                .mapToObj(i -> syllable(order[i] / syllables) + syllable(order[i] % syllables))
                .toList();
    }

    private static String syllable(int i) {
        return "" + CONSONANTS.charAt(i / VOWELS.length()) + VOWELS.charAt(i % VOWELS.length());
    }

    /** {@code stem00}, {@code stem01}, ... */
    static List<String> codes(String stem, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "%s%02d".formatted(stem, i))
                .toList();
    }
}
