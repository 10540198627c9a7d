package touchstone.continual.strategy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import touchstone.continual.Taxonomy;
import touchstone.continual.Taxonomy.Leaf;
import touchstone.util.Reference;

/** All strategies by name, and where they stand among families of methods. A new strategy gets a line in both. */
public final class Strategies {
    private Strategies() {}

    /** Every strategy with its defaults, and variants that stand on a leaf of their own; by name, in the order of families. */
    public static Map<String, Strategy> all() {
        var all = new LinkedHashMap<String, Strategy>();
        all.put("fine-tuning", new Naive());
        all.put("from scratch", FromScratch.defaults());
        all.put("L2", L2.defaults());
        all.put("EWC", Ewc.defaults());
        all.put("online EWC", Ewc.defaults().withDecay(0.9));
        all.put("SI", SynapticIntelligence.defaults());
        all.put("MAS", Mas.defaults());
        all.put("task-free MAS", TaskFreeMas.defaults());
        all.put("LwF", Lwf.defaults());
        all.put("feature distillation", FeatureDistillation.defaults());
        all.put("ER", Replay.defaults());
        all.put("class-balanced ER", Replay.defaults().withPolicy(MemoryPolicy.CLASS_BALANCED));
        all.put("DER++", DarkReplay.defaults());
        all.put("GDumb", GDumb.defaults());
        all.put("iCaRL", Icarl.defaults());
        all.put("OnPro", OnPro.defaults());
        all.put("A-GEM", AGem.defaults());
        all.put("GEM", Gem.defaults());
        all.put("refresh", Refresh.of(Replay.defaults()));
        all.put("local softmax", new LocalSoftmax(new Naive()));
        all.put("ACIL", Analytic.defaults());
        all.put("AEF-OCL", Analytic.defaults().withBalance(Balance.PSEUDO_FEATURES));
        all.put("AIR", Analytic.defaults().withBalance(Balance.REWEIGHTED));
        return Collections.unmodifiableMap(all);
    }

    /**
     * Families of methods: by what they hold on to. A leaf admits a strategy by its type, and by its options where those make it
     * another method.
     */
    @Reference("parisi2019continual")
    public static Taxonomy<Strategy> taxonomy() {
        return new Taxonomy<>(
                "strategies",
                List.of(
                        leaf("baseline", "fine-tuning", Naive.class::isInstance),
                        leaf("baseline", "first weights at every task", FromScratch.class::isInstance),
                        leaf("regularisation", "all parameters alike", L2.class::isInstance),
                        leaf("regularisation", "by Fisher information", s -> s instanceof Ewc e && e.decay() == 1),
                        leaf(
                                "regularisation",
                                "by fading Fisher information",
                                s -> s instanceof Ewc e && e.decay() < 1),
                        leaf("regularisation", "along the path of training", SynapticIntelligence.class::isInstance),
                        leaf("regularisation", "by the outputs' sensitivity", Mas.class::isInstance),
                        leaf("regularisation", "the same, without task boundaries", TaskFreeMas.class::isInstance),
                        leaf("regularisation", "a posterior as the next prior", s -> false),
                        leaf("distillation", "of outputs", Lwf.class::isInstance),
                        leaf("distillation", "of features", FeatureDistillation.class::isInstance),
                        leaf("replay", "of examples", Replay.class::isInstance),
                        leaf("replay", "of examples and logits", DarkReplay.class::isInstance),
                        leaf("replay", "of a balanced memory alone", GDumb.class::isInstance),
                        leaf("replay", "of herded exemplars", Icarl.class::isInstance),
                        leaf("replay", "of examples around prototypes", OnPro.class::isInstance),
                        leaf("replay", "of generated examples", s -> false),
                        leaf("gradient projection", "one constraint", AGem.class::isInstance),
                        leaf("gradient projection", "a constraint a task", Gem.class::isInstance),
                        leaf("loss", "unlearn, then relearn", Refresh.class::isInstance),
                        leaf("loss", "classes of the task alone", LocalSoftmax.class::isInstance),
                        leaf("architecture", "growing networks", s -> false),
                        leaf("architecture", "masks and gates", s -> false),
                        leaf("analytic", "ridge on random features", analytic(Balance.NONE)),
                        leaf("analytic", "with pseudo-features", analytic(Balance.PSEUDO_FEATURES)),
                        leaf("analytic", "re-weighted", analytic(Balance.REWEIGHTED))));
    }

    private static Leaf<Strategy> leaf(String family, String idea, Predicate<Strategy> admits) {
        return new Leaf<>(family, idea, admits);
    }

    private static Predicate<Strategy> analytic(Balance balance) {
        return s -> s instanceof Analytic a && a.balance() == balance;
    }
}
