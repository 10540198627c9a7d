package touchstone.continual.strategy;

import java.util.List;
import touchstone.continual.Labelled;
import touchstone.nn.Tensor;
import touchstone.nn.loss.CrossEntropy;
import touchstone.nn.loss.Loss;
import touchstone.nn.loss.MeanSquaredError;
import touchstone.util.Archive;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Dark experience replay: kept examples remember the logits they had, and the network is held to them,
 * {@code CE + alpha mse(z, z_kept) + beta CE(kept)} with two independent draws. DER has beta 0, DER++ beta above 0. Examples are
 * offered to the memory at every step, with the logits of that step.
 *
 * @param capacity examples kept, 0 or more
 * @param draw kept examples a term and step, 1 or more
 * @param alpha weight of the logits' mean squared error, 0 or more
 * @param beta weight of the kept examples' cross-entropy, 0 or more
 */
@Reference("buzzega2020dark")
public record DarkReplay(int capacity, int draw, double alpha, double beta) implements Strategy {
    public DarkReplay {
        Check.atLeast(capacity, 0, "capacity");
        Check.atLeast(draw, 1, "draw");
        Check.notNegative(alpha, "alpha");
        Check.notNegative(beta, "beta");
    }

    /** DER++: 200 examples, 10 a draw, alpha and beta 0.5. */
    public static DarkReplay defaults() {
        return new DarkReplay(200, 10, 0.5, 0.5);
    }

    /** DER: {@link #defaults()} without labels of kept examples. */
    public static DarkReplay der() {
        return new DarkReplay(200, 10, 0.5, 0);
    }

    public DarkReplay withCapacity(int c) {
        return new DarkReplay(c, draw, alpha, beta);
    }

    public DarkReplay withWeights(double a, double b) {
        return new DarkReplay(capacity, draw, a, b);
    }

    @Override
    public Learner start(Descent descent) {
        return start(descent, Memory.of(MemoryPolicy.RESERVOIR, capacity, descent.seed()));
    }

    Learner start(Descent descent, Memory memory) {
        var rehearsal = new Rehearsal(descent, memory);
        return new Learner() {
            @Override
            public double step(Labelled task, int[] rows) {
                double[][] logits = descent.logits(descent.rows(task.x(), rows)).toMatrix();
                descent.clear();
                double loss = descent.crossEntropy(task, rows);
                if (!memory.isEmpty()) {
                    List<Memory.Item> dark = memory.draw(draw);
                    loss += rehearsal.accumulate(dark, weighted(alpha, logitsOf(dark)));
                    if (beta > 0) {
                        List<Memory.Item> kept = memory.draw(draw);
                        loss += rehearsal.accumulate(kept, weighted(beta, CrossEntropy.of(Rehearsal.labels(kept))));
                    }
                }
                descent.step();
                rehearsal.offer(task, rows, logits);
                return loss;
            }

            @Override
            public void persist(Archive archive) {
                descent.persist(archive);
                memory.persist(archive);
            }

            @Override
            public Tensor logits(Tensor x) {
                return descent.logits(x);
            }

            @Override
            public long stored() {
                return memory.stored();
            }
        };
    }

    private static Loss logitsOf(List<Memory.Item> items) {
        return MeanSquaredError.of(items.stream().map(Memory.Item::logits).toArray(double[][]::new));
    }

    private static Loss weighted(double factor, Loss loss) {
        return (outputs, examples, weight, gradient) -> loss.add(outputs, examples, weight * factor, gradient);
    }
}
