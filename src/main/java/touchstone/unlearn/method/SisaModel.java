package touchstone.unlearn.method;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import touchstone.unlearn.Answers;
import touchstone.unlearn.Descent;
import touchstone.unlearn.Examples;
import touchstone.unlearn.ForgetModel;
import touchstone.unlearn.Term;
import touchstone.util.Check;

/** Models of shards that answer together, by the mean of their probabilities, and can forget examples exactly. */
public final class SisaModel {
    private final Sisa options;
    private final Examples all;
    private final List<Shard> shards;

    SisaModel(Sisa options, Examples all, List<Shard> shards) {
        this.options = options;
        this.all = all;
        this.shards = List.copyOf(shards);
    }

    /**
     * A shard: the numbers of its examples by slice, and its model before the first slice and after each that was trained.
     *
     * @param slices numbers of examples
     * @param checkpoints one more than the slices trained
     */
    record Shard(List<int[]> slices, List<ForgetModel> checkpoints) {
        /** Trains the slices that are left. */
        Shard train(Descent descent, Examples all) {
            var kept = new ArrayList<>(checkpoints);
            for (int k = checkpoints.size() - 1; k < slices.size(); k++) {
                ForgetModel model = kept.get(k).copy();
                int[] seen = slices.subList(0, k + 1).stream()
                        .flatMapToInt(IntStream::of)
                        .toArray();
                if (seen.length > 0) {
                    Examples data = all.select(seen);
                    descent.run(model, List.of(Term.of(data, data.crossEntropy(), 1)));
                }
                kept.add(model);
            }
            return new Shard(slices, kept);
        }

        /** Without some examples, untrained from the first slice that had one. */
        Shard without(boolean[] gone) {
            int first = 0;
            while (first < slices.size() && IntStream.of(slices.get(first)).noneMatch(i -> gone[i])) {
                first++;
            }
            List<int[]> left = slices.stream()
                    .map(slice -> IntStream.of(slice).filter(i -> !gone[i]).toArray())
                    .toList();
            return new Shard(left, checkpoints.subList(0, first + 1));
        }

        ForgetModel last() {
            return checkpoints.get(checkpoints.size() - 1);
        }
    }

    /** The models that answer, one a shard. */
    public List<ForgetModel> models() {
        return shards.stream().map(Shard::last).map(ForgetModel::copy).toList();
    }

    /** Mean probabilities, [n * steps, outputs]. */
    public double[][] probabilities(Examples data) {
        double[][] sum = Answers.of(shards.get(0).last(), data).probabilities();
        for (Shard shard : shards.subList(1, shards.size())) {
            double[][] p = Answers.of(shard.last(), data).probabilities();
            for (int i = 0; i < sum.length; i++) {
                for (int j = 0; j < sum[i].length; j++) {
                    sum[i][j] += p[i][j];
                }
            }
        }
        for (double[] row : sum) {
            for (int j = 0; j < row.length; j++) {
                row[j] /= shards.size();
            }
        }
        return sum;
    }

    /** The model without some examples, named by their numbers in the training set; shards that had none of them stay as they are. */
    public SisaModel forget(int... numbers) {
        Check.nonEmpty(numbers.length, "numbers");
        Check.allIndices(numbers, all.size(), "numbers");
        var gone = new boolean[all.size()];
        for (int i : numbers) {
            gone[i] = true;
        }
        List<Shard> left = shards.stream().map(shard -> shard.without(gone)).toList();
        if (left.stream().allMatch(s -> s.slices().stream().allMatch(slice -> slice.length == 0))) {
            throw new IllegalArgumentException("the forget set must be less than the training set, was all of it");
        }
        left = left.stream().map(shard -> shard.train(options.descent(), all)).toList();
        return new SisaModel(options, all, left);
    }

    /** Share of slices that forgetting these examples would train again, in [0, 1]. */
    public double cost(int... numbers) {
        Check.allIndices(numbers, all.size(), "numbers");
        var gone = new boolean[all.size()];
        for (int i : numbers) {
            gone[i] = true;
        }
        int again = shards.stream()
                .mapToInt(s ->
                        s.slices().size() + 1 - s.without(gone).checkpoints().size())
                .sum();
        return (double) again / (options.shards() * options.slices());
    }
}
