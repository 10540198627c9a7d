package touchstone.bench;

import java.util.Map;
import touchstone.ood.Ash;
import touchstone.ood.Detector;
import touchstone.ood.Dice;
import touchstone.ood.Energy;
import touchstone.ood.Entropy;
import touchstone.ood.FDBD;
import touchstone.ood.GeneralizedEntropy;
import touchstone.ood.GradNorm;
import touchstone.ood.KLMatching;
import touchstone.ood.Knn;
import touchstone.ood.Mahalanobis;
import touchstone.ood.MaxLogit;
import touchstone.ood.MaxSoftmax;
import touchstone.ood.ReAct;
import touchstone.ood.Scale;
import touchstone.ood.ViM;

/** Detectors with the options of the peers' side. */
final class Candidates {
    private static final Map<String, Detector> ALL = Map.ofEntries(
            Map.entry("msp", MaxSoftmax.defaults()),
            Map.entry("maxLogit", MaxLogit.defaults()),
            Map.entry("energy", Energy.defaults()),
            Map.entry("entropy", Entropy.defaults()),
            Map.entry("gen", GeneralizedEntropy.defaults()),
            Map.entry("mahalanobis", Mahalanobis.defaults().withRidge(1e-6)),
            Map.entry("vim", ViM.defaults().withDim(256)),
            Map.entry("knn", Knn.defaults()),
            Map.entry("react", ReAct.defaults()),
            Map.entry("scale", Scale.defaults()),
            Map.entry("ashS", Ash.defaults().withPercentile(65)),
            Map.entry("dice", Dice.defaults()),
            Map.entry("gradNorm", GradNorm.defaults()),
            Map.entry("fdbd", FDBD.defaults()),
            Map.entry("klMatching", KLMatching.defaults()));

    private Candidates() {}

    static Detector named(String name) {
        Detector found = ALL.get(name);
        if (found == null) {
            throw new IllegalArgumentException("detector must be one of " + ALL.keySet() + ", was " + name);
        }
        return found;
    }
}
