package touchstone.interpret.head;

import java.util.ArrayList;
import java.util.List;
import touchstone.nn.lm.Activations;
import touchstone.nn.lm.Head;
import touchstone.nn.lm.LanguageModel;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * The safety attention head attribution: finds a group of heads, one after another, each time the one that turns the representations of
 * harmful prompts most. The turn is the angle between the first left singular vectors of the last hidden states at the last token,
 * [prompts, d], of the whole model and of the one without the group.
 *
 * <p>Follows the paper's code; hidden states are those of the residual stream before the last norm, and the matrix is not centred.
 *
 * @param mask how a head is left out
 */
@Reference("zhou2025role")
public record Sahara(HeadMask mask) {
    /** Heads that attend to all tokens alike. */
    public static Sahara defaults() {
        return new Sahara(HeadMask.QUERIES);
    }

    public Sahara withMask(HeadMask other) {
        return new Sahara(other);
    }

    /**
     * A group as it grows.
     *
     * @param heads in the order in which they were added
     * @param angles in degrees with the first 1, 2, ... heads left out, in [0, 90]
     */
    public record Group(List<Head> heads, List<Double> angles) {
        public Group {
            Check.sameLength(heads.size(), "heads", angles.size(), "angles");
            heads = List.copyOf(heads);
            angles = List.copyOf(angles);
        }
    }

    /** The angle that each head of {@link Head#all} turns alone, in degrees, [heads]. */
    public double[] angles(LanguageModel model, List<int[]> prompts) {
        double[][] whole = hidden(model, prompts);
        return Head.all(model.config()).stream()
                .mapToDouble(h -> SubspaceAngles.leading(whole, hidden(mask.apply(model, List.of(h)), prompts)))
                .toArray();
    }

    /**
     * Adds heads greedily; of equal angles the first head counts.
     *
     * @param prompts two or more
     * @param size heads of the group, 1 to all
     */
    public Group group(LanguageModel model, List<int[]> prompts, int size) {
        Check.atLeast(prompts.size(), 2, "number of prompts");
        Check.atLeast(size, 1, "size");
        List<Head> left = new ArrayList<>(Head.all(model.config()));
        Check.index(size - 1, left.size(), "size - 1");
        double[][] whole = hidden(model, prompts);
        var group = new ArrayList<Head>();
        var angles = new ArrayList<Double>();
        while (group.size() < size) {
            LanguageModel so = mask.apply(model, group);
            Head best = left.get(0);
            double most = -1;
            for (Head h : left) {
                double angle = SubspaceAngles.leading(whole, hidden(mask.apply(so, List.of(h)), prompts));
                if (angle > most) {
                    most = angle;
                    best = h;
                }
            }
            group.add(best);
            angles.add(most);
            left.remove(best);
        }
        return new Group(group, angles);
    }

    private static double[][] hidden(LanguageModel model, List<int[]> prompts) {
        return Activations.of(model, prompts).last(model.config().layers());
    }
}
