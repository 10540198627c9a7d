package touchstone.ood;

import java.util.Arrays;
import java.util.Set;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Several prototypes a class on the unit sphere, and the score of an embedding by the nearest: {@code 1 - max_j f.p_j / |f|}, in
 * [0, 2], one less the largest cosine. Immutable. The paper's own score, SSD+, is {@link #ssd}.
 */
@Reference("lu2024palm")
public final class PrototypeMixture implements Scorer {
    private final double[][] prototypes;
    private final int classes;

    PrototypeMixture(double[][] prototypes, int classes) {
        this.prototypes = Arrays.stream(prototypes).map(Vectors::unit).toArray(double[][]::new);
        this.classes = classes;
    }

    /**
     * Given prototypes.
     *
     * @param prototypes [J][d], each of finite numbers that are not all 0; divided by their lengths; copied
     * @param classes the number of classes C, dividing J; prototype j belongs to class {@code j mod C}
     */
    public static PrototypeMixture of(double[][] prototypes, int classes) {
        Check.nonEmpty(prototypes.length, "prototypes");
        Check.atLeast(classes, 1, "classes");
        if (prototypes.length % classes != 0) {
            throw new IllegalArgumentException(
                    "prototypes must be a multiple of the " + classes + " classes, were " + prototypes.length);
        }
        for (int j = 0; j < prototypes.length; j++) {
            Check.sameLength(prototypes[j].length, "prototypes[" + j + "]", prototypes[0].length, "prototypes[0]");
            Check.positive(Vectors.norm(prototypes[j]), "length of prototypes[" + j + "]");
        }
        return new PrototypeMixture(prototypes, classes);
    }

    /** The prototypes, [J][d], of unit length; prototype j belongs to class {@code j mod C}; a copy. */
    public double[][] prototypes() {
        return Arrays.stream(prototypes).map(double[]::clone).toArray(double[][]::new);
    }

    /** The number of classes, C. */
    public int classes() {
        return classes;
    }

    /** The nearest prototype of each embedding, [n]; the first of equals. */
    public int[] nearest(Batch embeddings) {
        return Arrays.stream(rows(embeddings))
                .mapToInt(f -> Vectors.argMax(ScatterMatrix.apply(prototypes, f)))
                .toArray();
    }

    /** The class of the nearest prototype of each embedding, [n]. */
    public int[] classify(Batch embeddings) {
        return Arrays.stream(nearest(embeddings)).map(j -> j % classes).toArray();
    }

    @Override
    public double[] score(Batch embeddings) {
        double[][] f = rows(embeddings);
        return Vectors.each(f.length, i -> 1 - Vectors.max(ScatterMatrix.apply(prototypes, f[i])));
    }

    private double[][] rows(Batch embeddings) {
        embeddings.demand(Set.of(Input.FEATURES), "PrototypeMixture");
        double[][] f = Batches.prepared(embeddings, true);
        Check.sameLength(f[0].length, "an embedding", prototypes[0].length, "a prototype");
        return f;
    }

    /** The paper's score of embeddings, SSD+: one Gaussian over the training embeddings, normalised and standardised. */
    public static Scorer ssd(Batch trainEmbeddings) {
        return Ssd.defaults().fit(trainEmbeddings);
    }
}
