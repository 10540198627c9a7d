package touchstone.ood;

import java.util.List;

/** Every detector of the library, with its default options. */
public final class Detectors {
    /** In the order of their papers; a test demands that each class of the package that is a detector is here. */
    public static final List<Detector> ALL = List.of(
            Entropy.defaults(),
            IsolationForest.defaults(),
            OpenMax.defaults(),
            MaxSoftmax.defaults(),
            Odin.defaults(),
            DeepSvdd.defaults(),
            Mahalanobis.defaults(),
            Energy.defaults(),
            Gram.defaults(),
            ChristoffelGuard.defaults(),
            Ssd.defaults(),
            RelativeMahalanobis.defaults(),
            ReAct.defaults(),
            GradNorm.defaults(),
            MaxLogit.defaults(),
            KLMatching.defaults(),
            Knn.defaults(),
            ViM.defaults(),
            Residual.defaults(),
            Dice.defaults(),
            SHE.defaults(),
            Ash.defaults(),
            GeneralizedEntropy.defaults(),
            VRA.defaults(),
            NNGuide.defaults(),
            Relation.defaults(),
            Scale.defaults(),
            FDBD.defaults(),
            NeuronCoverage.defaults(),
            ClassGaussianMixture.defaults(),
            NCI.defaults(),
            Ensemble.defaults());

    private Detectors() {}
}
