package touchstone.continual.strategy;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import touchstone.continual.Labelled;
import touchstone.nn.Network;
import touchstone.nn.Tensor;
import touchstone.nn.Weights;
import touchstone.nn.layer.Dense;
import touchstone.nn.loss.CrossEntropy;
import touchstone.nn.loss.Loss;
import touchstone.nn.optim.Optimizer;
import touchstone.util.Archive;
import touchstone.util.Seeds;

/** Learns by {@link OnPro}. */
final class OnProLearner implements Strategy.Learner {
    private final OnPro options;
    private final Descent descent;
    private final Memory memory;
    private final Rehearsal rehearsal;
    private final PrototypeFeedback mixer;
    private RandomGenerator random;
    private final Network projector;
    private final Optimizer.Stepper projectorStep;
    private SortedMap<Integer, double[]> known = new TreeMap<>();
    private int tasks;
    private boolean opening = true;

    OnProLearner(OnPro options, Descent descent) {
        this.options = options;
        this.descent = descent;
        memory = Memory.of(MemoryPolicy.RESERVOIR, options.capacity(), descent.seed());
        rehearsal = new Rehearsal(descent, memory);
        mixer = new PrototypeFeedback(options.feedback(), descent.seed());
        random = Seeds.rng(descent.seed(), "views");
        Network network = descent.network();
        int features =
                network.features(network.backend().zeros(1, network.inputs())).columns();
        projector = Network.of(network.backend(), descent.seed(), features, Dense.of(options.projection()));
        projectorStep = descent.stepper(projector);
    }

    @Override
    public void begin(Labelled task) {
        rehearsal.begin(task);
        opening = true;
    }

    @Override
    public double step(Labelled task, int[] rows) {
        double[][] x = descent.rows(task.x(), rows).toMatrix();
        int[] labels = Arrays.stream(rows).map(task::label).toArray();
        List<Memory.Item> drawn = memory.draw(options.draw());
        descent.clear();
        projector.clearGradients();
        double loss = project(x, both(labels));
        loss += tasks == 0 || drawn.isEmpty()
                ? classify(x, CrossEntropy.of(labels))
                : replay(drawn, opening ? new TreeMap<>() : known);
        if (!drawn.isEmpty()) {
            loss += equilibrium(drawn);
        }
        descent.step();
        projectorStep.step(descent.rate());
        rehearsal.offerOnce(task, rows, new double[0][]);
        opening = false;
        return loss;
    }

    /** Both losses on projections of the new batch. */
    private Loss both(int[] labels) {
        var prototypes = new PrototypeEquilibrium(labels, options.losses().prototypeTemperature());
        var instances = new InstanceContrast(labels, options.losses().instanceTemperature());
        return (z, examples, weight, dz) -> added(prototypes, options.losses().prototypes() * weight, z, dz)
                + added(instances, options.losses().instances() * weight, z, dz);
    }

    /** A loss with its gradient; one of no weight is not computed. */
    private static double added(Loss loss, double weight, Tensor z, Tensor dz) {
        return weight > 0 ? loss.add(z, new int[0], weight, dz) : 0;
    }

    private double replay(List<Memory.Item> drawn, SortedMap<Integer, double[]> prototypes) {
        List<PrototypeFeedback.Mixed> mixed = mixer.mix(drawn, memory.all(), prototypes);
        double[][] x = mixed.stream().map(PrototypeFeedback.Mixed::x).toArray(double[][]::new);
        var instances = new InstanceContrast(
                PrototypeFeedback.Mixed.labels(mixed), options.losses().instanceTemperature());
        return classify(x, (z, e, weight, dz) -> PrototypeFeedback.Mixed.crossEntropy(mixed, z, weight, dz))
                + project(
                        x,
                        (z, e, weight, dz) ->
                                added(instances, weight * options.losses().instances(), z, dz));
    }

    /** The equilibrium of what has been seen; learns its prototypes. */
    private double equilibrium(List<Memory.Item> drawn) {
        int[] labels = Rehearsal.labels(drawn);
        var prototypes = new PrototypeEquilibrium(labels, options.losses().prototypeTemperature());
        double[][] x = drawn.stream().map(Memory.Item::x).toArray(double[][]::new);
        return project(x, (z, e, weight, dz) -> {
            known = PrototypeEquilibrium.prototypes(z, labels);
            return added(prototypes, weight * options.losses().prototypes(), z, dz);
        });
    }

    private double classify(double[][] x, Loss loss) {
        return descent.accumulate(descent.network().tensor(views(x)), Rehearsal.count(x.length), loss);
    }

    /** Adds the gradient of a loss on the projections of inputs and, below them, of other views of them. */
    private double project(double[][] x, Loss loss) {
        double[][] pair = Arrays.copyOf(x, 2 * x.length);
        System.arraycopy(views(x), 0, pair, x.length, x.length);
        return descent.accumulateFeatures(descent.network().tensor(pair), (h, examples, weight, dh) -> {
            var value = new double[1];
            Tensor back = projector.inputGradient(h, examples, (z, e, one, dz) -> {
                value[0] = loss.add(z, e, weight, dz);
                return value[0];
            });
            descent.backend().add(1, back, dh);
            return value[0];
        });
    }

    private double[][] views(double[][] x) {
        return Arrays.stream(x).map(row -> options.view().of(row, random)).toArray(double[][]::new);
    }

    @Override
    public void end(Labelled task) {
        tasks++;
    }

    @Override
    public void persist(Archive archive) {
        descent.persist(archive);
        memory.persist(archive);
        mixer.persist(archive);
        random = archive.keep("views", random);
        Weights.persist(projector, archive);
        projectorStep.persist(archive);
        tasks = archive.keep("tasks", tasks);
        int[] classes =
                archive.keep("classes", known.keySet().stream().mapToInt(c -> c).toArray());
        double[][] means = archive.keep("prototypes", known.values().toArray(double[][]::new));
        known = new TreeMap<>();
        for (int i = 0; i < classes.length; i++) {
            known.put(classes[i], means[i]);
        }
    }

    @Override
    public Tensor logits(Tensor x) {
        return descent.logits(x);
    }

    @Override
    public long stored() {
        return memory.stored() + projector.trainedSize();
    }
}
