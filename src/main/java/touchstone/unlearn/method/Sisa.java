package touchstone.unlearn.method;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import touchstone.unlearn.Descent;
import touchstone.unlearn.Examples;
import touchstone.unlearn.ForgetModel;
import touchstone.util.Check;
import touchstone.util.Reference;
import touchstone.util.Seeds;

/**
 * Sharded, isolated, sliced, aggregated training: every shard's model sees its own examples only, slice after slice, and is kept after
 * each. To forget, a shard is trained again from the slice before the first one touched. It is a way to train, so it cannot be put
 * on a model that was trained as a whole.
 *
 * @param shards models, 1 or more
 * @param slices of each shard, 1 or more
 * @param descent epochs on the slices so far, at each slice; the seed also deals examples to shards
 */
@Reference("bourtoule2021machine")
public record Sisa(int shards, int slices, Descent descent) {
    public Sisa {
        Check.atLeast(shards, 1, "shards");
        Check.atLeast(slices, 1, "slices");
    }

    /** Trains from scratch; {@code form} says what the models are like, its weights are not used. */
    public SisaModel train(ForgetModel form, Examples all) {
        if (all.size() < shards * slices) {
            throw new IllegalArgumentException("the training set must have an example for each of " + shards + " times "
                    + slices + " slices, had " + all.size());
        }
        int[] order = Seeds.permutation(all.size(), Seeds.rng(descent.seed(), "sisa"));
        var trained = new ArrayList<SisaModel.Shard>();
        for (int s = 0; s < shards; s++) {
            int shard = s;
            int[] own = IntStream.range(0, order.length)
                    .filter(i -> i % shards == shard)
                    .map(i -> order[i])
                    .toArray();
            var parts = new ArrayList<int[]>();
            for (int k = 0; k < slices; k++) {
                int slice = k;
                parts.add(IntStream.range(0, own.length)
                        .filter(i -> i % slices == slice)
                        .map(i -> own[i])
                        .toArray());
            }
            ForgetModel start = form.fresh(descent.seed() + s);
            trained.add(new SisaModel.Shard(parts, List.of(start)).train(descent, all));
        }
        return new SisaModel(this, all, trained);
    }
}
