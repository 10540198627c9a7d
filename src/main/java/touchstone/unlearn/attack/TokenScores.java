package touchstone.unlearn.attack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Sort;

/**
 * Membership scores of one sequence from its tokens' log-probabilities, in nats; all have the sign of a loss: higher means less likely
 * a member.
 */
public final class TokenScores {
    private static final double LEAST_VARIANCE = 1e-6;

    private TokenScores() {}

    /** The mean loss, {@code -mean log p}; log-probabilities of the tokens, [t]. */
    @Reference("yeom2018privacy")
    public static double loss(double[] logP) {
        check(logP);
        return -Arrays.stream(logP).sum() / logP.length;
    }

    /** Min-k: minus the mean of the lowest {@code max(1, floor(share t))} log-probabilities; share in (0, 1]. */
    @Reference("shi2024detecting")
    public static double minK(double[] logP, double share) {
        check(logP);
        return -lowest(logP, share);
    }

    /**
     * Min-k++: as min-k over the log-probabilities standardised by mean and variance of log p under the model's own distribution at
     * that place; variances count 1e-6 at least.
     *
     * @param vocabulary log-probabilities of all tokens at each place, [t, v]
     * @param tokens the sequence, [t]
     */
    @Reference("zhang2024mink")
    public static double minKPlusPlus(double[][] vocabulary, int[] tokens, double share) {
        Check.sameLength(vocabulary.length, "vocabulary", tokens.length, "tokens");
        var z = new double[tokens.length];
        for (int t = 0; t < z.length; t++) {
            double mean = 0;
            double square = 0;
            for (double logP : vocabulary[t]) {
                double p = Math.exp(logP);
                mean += p == 0 ? 0 : p * logP;
                square += p == 0 ? 0 : p * logP * logP;
            }
            double own = vocabulary[t][Check.index(tokens[t], vocabulary[t].length, "tokens[" + t + "]")];
            z[t] = (own - mean) / Math.sqrt(Math.max(LEAST_VARIANCE, square - mean * mean));
        }
        check(z);
        return -lowest(z, share);
    }

    /** The mean loss over the bytes that zlib packs the text into: surprise for what the text holds. */
    @Reference("carlini2021extracting")
    public static double zlib(double[] logP, String text) {
        return loss(logP) / packed(text);
    }

    /** The mean loss less that of a reference model which did not see the text. */
    @Reference("carlini2021extracting")
    public static double reference(double[] logP, double referenceLoss) {
        return loss(logP) - Check.finite(referenceLoss, "referenceLoss");
    }

    /** Bytes of the text, UTF-8, packed by zlib at its default level, header and checksum included. */
    public static int packed(String text) {
        var deflater = new Deflater();
        try {
            deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            var block = new byte[1024];
            int bytes = 0;
            while (!deflater.finished()) {
                bytes += deflater.deflate(block);
            }
            return bytes;
        } finally {
            deflater.end();
        }
    }

    private static double lowest(double[] values, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must lie in (0, 1], was " + share);
        }
        int count = Math.max(1, (int) (share * values.length));
        return Arrays.stream(Sort.ascending(values), 0, count).sum() / count;
    }

    private static void check(double[] logP) {
        Check.nonEmpty(logP.length, "logP");
        Check.noNaN(logP, "logP");
    }
}
