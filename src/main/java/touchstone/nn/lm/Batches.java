package touchstone.nn.lm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import touchstone.util.Check;
import touchstone.util.Seeds;

/** The batch of each step of training. The same step gives the same batch, whenever it is asked for. */
@FunctionalInterface
public interface Batches {
    /** The batch of a step, counted from 0. */
    Batch at(long step);

    /** Goes over the samples again and again, each time in a new random order; the last batch of a round may be smaller. */
    static Batches of(List<Sample> samples, int size, long seed) {
        Check.nonEmpty(samples.size(), "samples");
        Check.atLeast(size, 1, "size");
        List<Sample> all = List.copyOf(samples);
        int perRound = (all.size() + size - 1) / size;
        return step -> {
            int[] order = Seeds.permutation(all.size(), Seeds.rng(seed, "round", Math.floorDiv(step, (long) perRound)));
            int from = (int) Math.floorMod(step, (long) perRound) * size;
            int[] rows = Arrays.copyOfRange(order, from, Math.min(order.length, from + size));
            return Batch.of(Arrays.stream(rows).mapToObj(all::get).toList());
        };
    }

    /**
     * Each sample of a batch is drawn from the second list with probability {@code share}, else from the first: replay of old texts
     * among new ones, or safety data among others.
     */
    static Batches mixed(List<Sample> first, List<Sample> second, double share, int size, long seed) {
        Check.nonEmpty(first.size(), "first");
        Check.nonEmpty(second.size(), "second");
        Check.probability(share, "share");
        List<Sample> a = List.copyOf(first);
        List<Sample> b = List.copyOf(second);
        return drawn(
                rng -> {
                    List<Sample> from = rng.nextDouble() < share ? b : a;
                    return from.get(rng.nextInt(from.size()));
                },
                size,
                seed);
    }

    /** Draws fresh samples from a source, such as a grammar. */
    static Batches drawn(Function<RandomGenerator, Sample> source, int size, long seed) {
        Check.atLeast(size, 1, "size");
        return step -> {
            RandomGenerator rng = Seeds.rng(seed, "batch", step);
            var samples = new ArrayList<Sample>();
            for (int i = 0; i < size; i++) {
                samples.add(source.apply(rng));
            }
            return Batch.of(samples);
        };
    }

    /** Random windows of a long text: {@code length} tokens go in, each foretelling the next. */
    static Batches windows(int[] text, int length, int size, long seed) {
        Check.atLeast(length, 1, "length");
        if (text.length <= length) {
            throw new IllegalArgumentException(
                    "text must have more than the " + length + " tokens of a window, had " + text.length);
        }
        int[] all = text.clone();
        return drawn(
                rng -> {
                    int at = rng.nextInt(all.length - length);
                    return Sample.of(Arrays.copyOfRange(all, at, at + length + 1));
                },
                size,
                seed);
    }
}
