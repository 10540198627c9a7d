package touchstone.nn;

import java.util.concurrent.atomic.LongAdder;

/** Counts rows that passed through a network and its copies: what an experiment computes, whatever machine it runs on. */
public final class Traffic {
    private final LongAdder forward = new LongAdder();
    private final LongAdder backward = new LongAdder();

    Traffic() {}

    void forward(int rows) {
        forward.add(rows);
    }

    void backward(int rows) {
        backward.add(rows);
    }

    /** Rows that passed forward. */
    public long forward() {
        return forward.sum();
    }

    /** Rows whose gradients passed back. */
    public long backward() {
        return backward.sum();
    }
}
