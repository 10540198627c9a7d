package touchstone.nn.lm;

import java.util.Set;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Low-rank adaptation: a matrix W stays as it is, and {@code (alpha / rank) A B} is added to it, A [inputs, rank] normal and B
 * [rank, outputs] zero at the start, so that the model is unchanged at first. Only A and B are trained.
 *
 * <p>Follows the paper, in rows ({@code x W}), without dropout; queries, keys and values of a block are one matrix here and share A.
 *
 * @param rank 1 or more
 * @param alpha above 0; the paper's default is the first rank tried
 * @param matrices of each block that get an adapter; at least one
 * @param seed of A
 */
@Reference("hu2022lora")
public record Lora(int rank, double alpha, Set<Matrix> matrices, long seed) {
    /** A matrix of a block. */
    public enum Matrix {
        /** To queries, keys and values, [d, 3 d]. */
        PROJECT,
        /** From the heads to the stream, [d, d]. */
        JOIN,
        /** Into the hidden layer, [d, 4 d]. */
        UP,
        /** Out of the hidden layer, [4 d, d]. */
        DOWN
    }

    public Lora {
        Check.atLeast(rank, 1, "rank");
        Check.positive(alpha, "alpha");
        Check.nonEmpty(matrices.size(), "matrices");
        matrices = Set.copyOf(matrices);
    }

    /** Of a rank on the attention's matrices, alpha twice the rank, seed 1. */
    public static Lora ofRank(int rank) {
        return new Lora(rank, 2.0 * rank, Set.of(Matrix.PROJECT, Matrix.JOIN), 1);
    }

    public Lora withAlpha(double a) {
        return new Lora(rank, a, matrices, seed);
    }

    public Lora withMatrices(Matrix... some) {
        return new Lora(rank, alpha, Set.of(some), seed);
    }

    public Lora withSeed(long s) {
        return new Lora(rank, alpha, matrices, s);
    }
}
