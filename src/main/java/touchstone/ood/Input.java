package touchstone.ood;

/** What a detector may need of a {@link Batch}, and how to give it. */
public enum Input {
    /** Penultimate features, {@link Batch#of}. */
    FEATURES("Batch.of"),
    /** Logits, {@link Batch#ofLogits}, {@link Batch#withLogits}, or computed from features and head. */
    LOGITS("Batch.withLogits or withHead"),
    /** The last linear layer, {@link Batch#withHead}; once fitted, a detector keeps it. */
    HEAD("Batch.withHead"),
    /** Labels, {@link Batch#withLabels}; for fitting only. */
    LABELS("Batch.withLabels"),
    /** Activation maps of layers, {@link Batch#withActivations}. */
    ACTIVATIONS("Batch.withActivations"),
    /** The inputs and a model that can be differentiated in them, {@link Batch#ofInputs}. */
    GRADIENT("Batch.ofInputs");

    private final String how;

    Input(String how) {
        this.how = how;
    }

    /** The methods that give it, as error messages print them. */
    String how() {
        return how;
    }
}
