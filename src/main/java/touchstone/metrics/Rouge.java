package touchstone.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * How much of a reference text a hypothesis has, token by token: ROUGE-L by the longest common subsequence, ROUGE-1 by single
 * tokens with their counts. Each number is in [0, 1], higher is more alike; an empty hypothesis has 0.
 *
 * @param matches tokens in common
 * @param recall matches over the tokens of the reference: what TOFU reports
 * @param precision matches over the tokens of the hypothesis
 * @param f1 harmonic mean of both
 */
@Reference("lin2004rouge")
public record Rouge(int matches, double recall, double precision, double f1) {
    private static final Pattern NO_TOKEN = Pattern.compile("[^a-z0-9]+");

    /** ROUGE-L. */
    public static Rouge longest(List<String> reference, List<String> hypothesis) {
        var row = new int[hypothesis.size() + 1];
        for (String r : reference) {
            int diagonal = 0;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                row[j] = r.equals(hypothesis.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return of(row[hypothesis.size()], reference, hypothesis);
    }

    /** ROUGE-1. */
    public static Rouge single(List<String> reference, List<String> hypothesis) {
        Map<String, Integer> left = new HashMap<>();
        reference.forEach(token -> left.merge(token, 1, Integer::sum));
        int matches = 0;
        for (String token : hypothesis) {
            int count = left.getOrDefault(token, 0);
            matches += count > 0 ? 1 : 0;
            left.put(token, count - 1);
        }
        return of(matches, reference, hypothesis);
    }

    /** The tokens of a text: runs of letters a to z and digits, in lower case; unlike rouge_score's option, nothing is stemmed. */
    public static List<String> tokens(String text) {
        return NO_TOKEN.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(t -> !t.isEmpty())
                .toList();
    }

    private static Rouge of(int matches, List<String> reference, List<String> hypothesis) {
        Check.nonEmpty(reference.size(), "reference");
        double recall = (double) matches / reference.size();
        double precision = hypothesis.isEmpty() ? 0 : (double) matches / hypothesis.size();
        double f1 = matches == 0 ? 0 : 2 * recall * precision / (recall + precision);
        return new Rouge(matches, recall, precision, f1);
    }
}
