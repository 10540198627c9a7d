package touchstone.continual.scenario;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who looks after a run.
 *
 * @param checkpoint file that holds the run's state after each task, and that a run starts from when it is there
 * @param listener told of every update
 */
public record Watch(Optional<Path> checkpoint, Consumer<Step> listener) {
    /**
     * An update.
     *
     * @param task number of the task, from 0
     * @param update number of the update, from 1
     * @param of updates of the whole run
     * @param loss before the update
     */
    public record Step(int task, long update, long of, double loss) {}

    /** Nobody. */
    public static Watch none() {
        return new Watch(Optional.empty(), step -> {});
    }

    public Watch withCheckpoint(Path file) {
        return new Watch(Optional.of(file), listener);
    }

    public Watch withListener(Consumer<Step> told) {
        return new Watch(checkpoint, told);
    }
}
