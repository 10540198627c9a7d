package touchstone.guard.finetune;

import java.util.ArrayList;
import java.util.List;
import touchstone.nn.lm.Batch;
import touchstone.nn.lm.Batches;
import touchstone.nn.lm.Sample;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Puts safety data in the place of a part of each batch, so that the size of a batch, and with it the budget, stays.
 *
 * @param safety samples with right answers, one or more
 * @param share of a batch that is safety data, in [0, 1]; rounded to samples
 * @param seed of their order
 */
@Reference("qi2024finetuning")
public record MixIn(List<Sample> safety, double share, long seed) implements Restraint {
    public MixIn {
        Check.nonEmpty(safety.size(), "safety");
        Check.probability(share, "share");
        safety = List.copyOf(safety);
    }

    @Override
    public Batches data(Batches user) {
        return step -> {
            List<Sample> own = user.at(step).samples();
            int count = (int) Math.round(share * own.size());
            if (count == 0) {
                return Batch.of(own);
            }
            var all = new ArrayList<>(own.subList(0, own.size() - count));
            Batches safe = Batches.of(safety, Math.min(count, safety.size()), seed);
            all.addAll(safe.at(step).samples());
            return Batch.of(all);
        };
    }
}
