package touchstone.continual.scenario;

import touchstone.util.Archive;

/**
 * What a run took, evaluation left out.
 *
 * @param updates number of steps
 * @param forward rows that passed forward through the network or a frozen copy of it
 * @param backward rows whose gradients passed back; the exact Fisher information passes each row back once a class
 * @param stored numbers kept beside the network at the end, see {@link touchstone.continual.strategy.Strategy.Learner#stored}
 * @param peak most numbers kept beside the network at any time
 * @param seconds wall-clock time of the steps and of what comes at the start and the end of tasks
 */
public record Cost(long updates, long forward, long backward, long stored, long peak, double seconds) {
    static Cost nothing() {
        return new Cost(0, 0, 0, 0, 0, 0);
    }

    Cost plus(long moreUpdates, long moreForward, long moreBackward, long storedNow, double moreSeconds) {
        return new Cost(
                updates + moreUpdates,
                forward + moreForward,
                backward + moreBackward,
                storedNow,
                Math.max(peak, storedNow),
                seconds + moreSeconds);
    }

    Cost persist(Archive archive) {
        long[] counts = archive.keep("cost", new long[] {updates, forward, backward, stored, peak});
        return new Cost(counts[0], counts[1], counts[2], counts[3], counts[4], archive.keep("seconds", seconds));
    }
}
