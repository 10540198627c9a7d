package touchstone.continual.strategy;

import touchstone.continual.Labelled;
import touchstone.nn.Tensor;
import touchstone.util.Archive;
import touchstone.util.Check;
import touchstone.util.Reference;

/**
 * Experience replay: each batch is learned together with as many kept examples, as one mean. Every example of a task is
 * offered to the memory once, after its first step.
 *
 * @param capacity examples kept, 0 or more; 0 is fine-tuning
 * @param draw kept examples a step, 1 or more
 * @param policy which examples a full memory keeps
 */
@Reference("chaudhry2019tiny")
public record Replay(int capacity, int draw, MemoryPolicy policy) implements Strategy {
    public Replay {
        Check.atLeast(capacity, 0, "capacity");
        Check.atLeast(draw, 1, "draw");
    }

    /** 200 examples, a reservoir, 10 a step. */
    public static Replay defaults() {
        return new Replay(200, 10, MemoryPolicy.RESERVOIR);
    }

    public Replay withCapacity(int c) {
        return new Replay(c, draw, policy);
    }

    public Replay withDraw(int d) {
        return new Replay(capacity, d, policy);
    }

    public Replay withPolicy(MemoryPolicy p) {
        return new Replay(capacity, draw, p);
    }

    @Override
    public Learner start(Descent descent) {
        return start(descent, Memory.of(policy, capacity, descent.seed()));
    }

    Learner start(Descent descent, Memory memory) {
        var rehearsal = new Rehearsal(descent, memory);
        return new Learner() {
            @Override
            public void begin(Labelled task) {
                rehearsal.begin(task);
            }

            @Override
            public double step(Labelled task, int[] rows) {
                descent.clear();
                double loss = rehearsal.crossEntropy(task, rows, memory.draw(draw));
                descent.step();
                rehearsal.offerOnce(task, rows, new double[0][]);
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
}
