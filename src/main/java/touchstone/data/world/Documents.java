package touchstone.data.world;

import java.util.List;
import java.util.stream.IntStream;
import touchstone.util.Seeds;

/** What can be done to documents of any world. */
public final class Documents {
    private Documents() {}

    /**
     * The same prompts, with the answers dealt out among them at random: as many documents of the same words, whose truth is gone. The
     * baseline for whatever is learnt from documents together.
     */
    public static List<Dialogue> shuffled(List<Dialogue> documents, long seed) {
        int[] order = Seeds.permutation(documents.size(), Seeds.rng(seed, "shuffled"));
        return IntStream.range(0, order.length)
                .mapToObj(
                        i -> documents.get(i).withAnswer(documents.get(order[i]).answer()))
                .toList();
    }
}
