package touchstone.kernel.backend;

import java.util.Map;
import java.util.Optional;

/** What {@code TOUCHSTONE_BACKEND} asks for. */
public enum Choice {
    /** The processor for everything. */
    CPU("cpu"),
    /** The library's own CUDA backend for networks and large algebra; ND4J stays on the processor. */
    CUDA("cuda"),
    /** ND4J's CUDA build for its arrays; networks stay on the processor. */
    ND4J_CUDA("nd4j-cuda");

    public static final String VARIABLE = "TOUCHSTONE_BACKEND";

    private final String word;

    Choice(String word) {
        this.word = word;
    }

    /** The variable's value. */
    public String word() {
        return word;
    }

    /** Why it cannot run on the machine of a report, with what to do; empty where it can. */
    public Optional<String> refusal(CudaReport report) {
        return switch (this) {
            case CPU -> Optional.empty();
            case CUDA -> Optional.of(report.refusal()).filter(reason -> !reason.isEmpty());
            case ND4J_CUDA -> Nd4jCuda.refusal(report, Nd4jCuda.platform());
        };
    }

    /** What the environment asks for, the processor where it does not say; a misspelt value is refused. */
    public static Choice of(Map<String, String> environment) {
        String said = environment.getOrDefault(VARIABLE, "");
        for (Choice choice : values()) {
            if (choice.word.equals(said)) {
                return choice;
            }
        }
        if (said.isEmpty()) {
            return CPU;
        }
        throw new BackendException(VARIABLE + " must be cpu, cuda or nd4j-cuda, was " + said);
    }
}
