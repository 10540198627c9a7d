package touchstone.rlhf.calibration;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Logistic;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * A classifier that answers questions and states how sure it is, and whose answer and confidence change with the
 * instruction it is given. A question has one of {@value #FIELDS} fields and a difficulty; instruction a changes the
 * logit of a right answer in each field, and how the confidence follows from that logit: {@code confidence =
 * sigma(boast_a + echo_a logit + noise)}. Plain instruction is number 0: no change, and too sure of itself.
 *
 * @param instructions number of them, 2 or more
 * @param skill logit of a right answer to a question of middle difficulty: 1 for a small model, more for a larger one
 * @param boast how much surer than it should be the model is under the plain instruction, in logits
 * @param seed of the effects of instructions; models of one seed react to instructions alike
 */
@Reference("kriz2025prompt4trust")
public record PromptedClassifier(int instructions, double skill, double boast, long seed) {
    /** Fields of knowledge. */
    public static final int FIELDS = 4;

    private static final double EFFECT = 0.8; // spread of what an instruction does, in logits
    private static final double NOISE = 0.5; // of the stated confidence, in logits

    public PromptedClassifier {
        Check.atLeast(instructions, 2, "instructions");
        Check.finite(skill, "skill");
        Check.finite(boast, "boast");
    }

    /** Six instructions, skill 0.5, boast 1.5. */
    public static PromptedClassifier small(long seed) {
        return new PromptedClassifier(6, 0.5, 1.5, seed);
    }

    /** A larger model that reacts to instructions alike: a logit more skill, a little less boast. */
    public PromptedClassifier larger() {
        return new PromptedClassifier(instructions, skill + 1, boast - 0.3, seed);
    }

    /**
     * Questions with the answers under every instruction.
     *
     * @param features of each question as a policy sees it: the field as an indicator, the difficulty with noise, [n,
     *     FIELDS + 1]
     * @param right whether the answer under each instruction is right, [n, instructions]
     * @param confidence stated with it, in (0, 1), [n, instructions]
     */
    @SuppressWarnings("ArrayRecordComponent") // made by this class alone, of fresh arrays, for a notebook to read
    public record Answers(double[][] features, boolean[][] right, double[][] confidence) {
        public int size() {
            return features.length;
        }

        /** Scores of all answers as the rewards of a bandit, [n, instructions, 1]. */
        public double[][][] rewards(TrustScore score) {
            var rewards = new double[size()][][];
            for (int i = 0; i < rewards.length; i++) {
                rewards[i] = new double[right[i].length][1];
                for (int a = 0; a < right[i].length; a++) {
                    rewards[i][a][0] = score.of(confidence[i][a], right[i][a]);
                }
            }
            return rewards;
        }

        /** The answers when question i gets instruction chosen[i]; [n]. */
        public Stated under(int... chosen) {
            Check.sameLength(chosen.length, "chosen", size(), "questions");
            var c = new double[chosen.length];
            var r = new boolean[chosen.length];
            for (int i = 0; i < chosen.length; i++) {
                int a = Check.index(chosen[i], right[i].length, "chosen[" + i + "]");
                c[i] = confidence[i][a];
                r[i] = right[i][a];
            }
            return new Stated(c, r);
        }
    }

    /**
     * Answers given, one a question.
     *
     * @param confidence stated, [n]
     * @param right whether the answer was right, [n]
     */
    @SuppressWarnings("ArrayRecordComponent") // made by Answers alone, of fresh arrays, for a notebook to read
    public record Stated(double[] confidence, boolean[] right) {
        /** Share of right answers. */
        public double accuracy() {
            double sum = 0;
            for (boolean r : right) {
                sum += r ? 1 : 0;
            }
            return sum / right.length;
        }

        /**
         * Share of all answers that are wrong and stated with at least this confidence: errors a reader would trust.
         */
        public double confidentErrors(double bar) {
            double sum = 0;
            for (int i = 0; i < right.length; i++) {
                sum += !right[i] && confidence[i] >= bar ? 1 : 0;
            }
            return sum / right.length;
        }
    }

    /**
     * Asks n questions. Streams, such as "train" and "held-out", are different questions, and the same for all models
     * of a seed.
     */
    public Answers ask(String stream, int n) {
        double[][] gain = gains();
        double[][] manner = manners();
        var features = new double[Check.atLeast(n, 1, "n")][FIELDS + 1];
        var right = new boolean[n][instructions];
        var confidence = new double[n][instructions];
        for (int i = 0; i < n; i++) {
            RandomGenerator rng = Seeds.rng(seed, "question " + stream, i);
            int field = rng.nextInt(FIELDS);
            double difficulty = rng.nextGaussian();
            features[i][field] = 1;
            features[i][FIELDS] = difficulty + 0.5 * rng.nextGaussian();
            for (int a = 0; a < instructions; a++) {
                double logit = skill - 1.2 * difficulty + gain[a][field];
                right[i][a] = rng.nextDouble() < Logistic.sigmoid(logit);
                double stated = boast + manner[a][0] + manner[a][1] * logit + NOISE * rng.nextGaussian();
                confidence[i][a] = Logistic.sigmoid(stated);
            }
        }
        return new Answers(features, right, confidence);
    }

    /** What each instruction adds to the logit of a right answer, by field: [instructions, FIELDS]. */
    double[][] gains() {
        var gain = new double[instructions][FIELDS];
        for (int a = 1; a < instructions; a++) {
            RandomGenerator rng = Seeds.rng(seed, "gain", a);
            Arrays.setAll(gain[a], f -> EFFECT * rng.nextGaussian());
        }
        return gain;
    }

    /** What each instruction adds to the boast, and how closely the confidence follows the logit: [instructions, 2]. */
    private double[][] manners() {
        var manner = new double[instructions][2];
        for (int a = 0; a < instructions; a++) {
            RandomGenerator rng = Seeds.rng(seed, "manner", a);
            manner[a][0] = a == 0 ? 0 : EFFECT * rng.nextGaussian();
            manner[a][1] = a == 0 ? 0.4 : rng.nextDouble();
        }
        return manner;
    }
}
