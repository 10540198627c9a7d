package touchstone.nn.bench;

import java.util.function.IntConsumer;

/** Trials out of two functions. */
final class Trials {
    private Trials() {}

    /** A trial that does a share of the whole. */
    static Operation.Trial of(double share, IntConsumer run, Runnable close) {
        return new Operation.Trial() {
            @Override
            public void run(int turn) {
                run.accept(turn);
            }

            @Override
            public double share() {
                return share;
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }
}
