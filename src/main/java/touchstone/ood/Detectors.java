package touchstone.ood;

import java.util.List;

/** Every detector of the library, with its default options. */
public final class Detectors {
    /** In the order of their papers; a test demands that each class of the package that is a detector is here. */
    public static final List<Detector> ALL = List.of(Mahalanobis.defaults(), Knn.defaults());

    private Detectors() {}
}
