package touchstone.ood;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.util.Check;

/**
 * What a model says about n examples: any of features, logits, labels, its linear head, activation maps, and inputs with a
 * model that can be differentiated. Immutable: arrays are copied in and out, kept as double, finite; each part must fit the
 * others. Rows are examples.
 */
public final class Batch {
    private static final DifferentiableModel NO_MODEL = new NoModel();

    private final int size;
    private final String name;
    private double[][] features = {};
    private double[][] logits = {};
    private int[] labels = {};
    private LinearHead head = LinearHead.NONE;
    private List<double[][][]> activations = List.of();
    private double[][] inputs = {};
    private long[] inputShape = {};
    private DifferentiableModel model = NO_MODEL;

    private Batch(int size, String name) {
        Check.nonEmpty(size, name);
        this.size = size;
        this.name = name;
    }

    private Batch(Batch other) {
        this(other.size, other.name);
        features = other.features;
        logits = other.logits;
        labels = other.labels;
        head = other.head;
        activations = other.activations;
        inputs = other.inputs;
        inputShape = other.inputShape;
        model = other.model;
    }

    /** Features, [n, d]. */
    public static Batch of(INDArray features) {
        return of(features, "features");
    }

    /** Features under the name that error messages print. */
    static Batch of(INDArray features, String name) {
        double[][] rows = Batches.rows(features, name);
        var batch = new Batch(rows.length, name);
        batch.features = rows;
        return batch;
    }

    /** Logits alone, [n, c]. */
    public static Batch ofLogits(INDArray logits) {
        double[][] rows = Batches.rows(logits, "logits");
        var batch = new Batch(rows.length, "logits");
        batch.logits = rows;
        return batch;
    }

    /** Inputs, [n, ...], with the model that takes them; its logits are computed once. */
    public static Batch ofInputs(INDArray inputs, DifferentiableModel model) {
        INDArray copy = inputs.castTo(DataType.DOUBLE).dup('c');
        double[][] rows = Batches.rows(Batches.flat(copy), "inputs");
        var batch = new Batch(rows.length, "inputs");
        batch.inputs = rows;
        batch.inputShape = inputs.shape().clone();
        batch.model = model;
        return batch.withLogits(model.logits(copy));
    }

    /** With features, [n, d]. */
    public Batch withFeatures(INDArray f) {
        var batch = new Batch(this);
        batch.features = Batches.rows(f, "features");
        Check.sameLength(size, name, batch.features.length, "features");
        return batch.checked();
    }

    /** With logits, [n, c]. */
    public Batch withLogits(INDArray z) {
        var batch = new Batch(this);
        batch.logits = Batches.rows(z, "logits");
        Check.sameLength(size, name, batch.logits.length, "logits");
        return batch.checked();
    }

    /** With the class of each row, [n], 0 or more, below the number of logits. */
    public Batch withLabels(int... classes) {
        var batch = new Batch(this);
        Check.sameLength(size, name, classes.length, "labels");
        batch.labels = classes.clone();
        return batch.checked();
    }

    /** With the last layer; where logits are missing they are computed from the features. */
    public Batch withHead(LinearHead last) {
        var batch = new Batch(this);
        batch.head = last;
        batch.checked();
        if (batch.logits.length == 0) {
            batch.logits = last.logits(features);
        }
        return batch;
    }

    /** With activation maps of layers, each [n, channels, ...], non-empty; two positions or more are flattened. */
    public Batch withActivations(INDArray... layers) {
        var batch = new Batch(this);
        batch.activations = Arrays.stream(layers)
                .map(layer -> Batches.maps(layer, size, name))
                .toList();
        return batch;
    }

    private Batch checked() {
        if (head.classes() > 0 && features.length > 0 && head.width() != features[0].length) {
            throw new IllegalArgumentException(
                    "head must have the " + features[0].length + " columns of the features, had " + head.width());
        }
        if (head.classes() > 0 && logits.length > 0 && head.classes() != logits[0].length) {
            throw new IllegalArgumentException(
                    "head must have the " + logits[0].length + " classes of the logits, had " + head.classes());
        }
        int classes = logits.length > 0 ? logits[0].length : Integer.MAX_VALUE;
        for (int i = 0; i < labels.length; i++) {
            Check.atLeast(labels[i], 0, "labels[" + i + "]");
            if (labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "labels[" + i + "] must be below the number of logits, " + classes + ", was " + labels[i]);
            }
        }
        return this;
    }

    /** The number of rows, n. */
    public int size() {
        return size;
    }

    /** The parts that are there. */
    public Set<Input> has() {
        Set<Input> parts = EnumSet.noneOf(Input.class);
        add(parts, Input.FEATURES, features.length);
        add(parts, Input.LOGITS, logits.length);
        add(parts, Input.LABELS, labels.length);
        add(parts, Input.HEAD, head.classes());
        add(parts, Input.ACTIVATIONS, activations.size());
        add(parts, Input.GRADIENT, inputs.length);
        return parts;
    }

    private static void add(Set<Input> parts, Input part, int length) {
        if (length > 0) {
            parts.add(part);
        }
    }

    /** Demands parts for a detector; the message says what is missing and how to give it. */
    void demand(Set<Input> parts, String detector) {
        Set<Input> there = has();
        for (Input part : parts) {
            if (!there.contains(part)) {
                throw new IllegalArgumentException(
                        detector + " needs " + part + " (" + part.how() + "), the batch had " + there);
            }
        }
    }

    /** The rows of the given indices, in their order. */
    Batch select(int... rows) {
        var batch = new Batch(rows.length, name);
        batch.features = Batches.pick(features, rows);
        batch.logits = Batches.pick(logits, rows);
        batch.labels = labels.length == 0
                ? labels
                : Arrays.stream(rows).map(i -> labels[i]).toArray();
        batch.head = head;
        batch.activations = activations.stream()
                .map(layer -> Arrays.stream(rows).mapToObj(i -> layer[i]).toArray(double[][][]::new))
                .toList();
        batch.inputs = Batches.pick(inputs, rows);
        batch.inputShape = inputShape.clone();
        if (inputs.length > 0) {
            batch.inputShape[0] = rows.length;
        }
        batch.model = model;
        return batch;
    }

    /** Without a class's logit and row of the head, and without the model; labels above it move down, its own are dropped. */
    Batch withoutClass(int c) {
        var batch = new Batch(this);
        batch.logits = Arrays.stream(logits).map(row -> Batches.without(row, c)).toArray(double[][]::new);
        batch.head = head.classes() > 0 ? head.withoutClass(c) : head;
        batch.labels = Arrays.stream(labels).anyMatch(k -> k == c)
                ? new int[0]
                : Arrays.stream(labels).map(k -> k > c ? k - 1 : k).toArray();
        batch.inputs = new double[0][];
        batch.model = NO_MODEL;
        return batch;
    }

    /** A copy of the features, [n, d], double. */
    public INDArray features() {
        return Nd4j.createFromArray(features);
    }

    /** A copy of the logits, [n, c], double. */
    public INDArray logits() {
        return Nd4j.createFromArray(logits);
    }

    /** A copy of the labels, [n]; empty where there are none. */
    public int[] labels() {
        return labels.clone();
    }

    /** The last layer; one of no classes where there is none. */
    public LinearHead head() {
        return head;
    }

    /** A copy of the inputs in the shape they came in, double. */
    public INDArray inputs() {
        return Nd4j.createFromArray(inputs).reshape(inputShape);
    }

    DifferentiableModel model() {
        return model;
    }

    /** The feature rows; shared, not to be changed. */
    double[][] featureRows() {
        return features;
    }

    /** The logit rows; shared, not to be changed. */
    double[][] logitRows() {
        return logits;
    }

    /** The maps of each layer, [n][channels][positions]; shared, not to be changed. */
    List<double[][][]> maps() {
        return activations;
    }

    /** The label of row {@code i}; demands labels. */
    int labelAt(int i) {
        return labels[i];
    }

    private record NoModel() implements DifferentiableModel {
        @Override
        public INDArray logits(INDArray inputs) {
            throw new IllegalStateException("no model was given");
        }

        @Override
        public INDArray inputGradient(INDArray inputs, INDArray upstream) {
            throw new IllegalStateException("no model was given");
        }
    }
}
