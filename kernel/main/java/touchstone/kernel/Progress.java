package touchstone.kernel;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A progress bar that updates in place, with rate and remaining time. Bars that one thread opens inside another's loop
 * stand below it and vanish when they are done; the outermost stays. Outside a notebook plain lines go to System.err.
 *
 * <p>{@code for (var x : Progress.over(items))} needs nothing more; {@code Progress.of(n)} is stepped by hand, from any
 * thread. A loop that is left early shows where it stopped.
 */
public final class Progress implements AutoCloseable {
    enum State {
        RUNNING,
        DONE,
        STOPPED
    }

    private final ProgressBoard board;
    private final long total;
    private final long began = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private volatile long ended;
    private volatile String message;
    private volatile State state = State.RUNNING;

    private Progress(long total, String message) {
        this.total = total;
        this.message = message;
        board = ProgressBoard.ofThisThread();
        board.open(this);
    }

    /** A bar of {@code n} steps, to be stepped by hand. */
    public static Progress of(long n) {
        return of(n, "");
    }

    /** A bar of {@code n} steps with a text before it. */
    public static Progress of(long n, String message) {
        if (n < 0) {
            throw new IllegalArgumentException("n must be at least 0, was " + n);
        }
        return new Progress(n, message);
    }

    /** The numbers from 0 to {@code n - 1}, with a bar. */
    public static Iterable<Integer> range(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("n must be at least 0, was " + n);
        }
        return () -> new Walk<>(IntStream.range(0, n).iterator(), n, "");
    }

    /** The items, with a bar; how many there are is known when they are a collection. */
    public static <T> Iterable<T> over(Iterable<T> items) {
        return over(items, "");
    }

    /** The items, with a bar and a text before it. */
    public static <T> Iterable<T> over(Iterable<T> items, String message) {
        return () -> new Walk<>(items.iterator(), items instanceof Collection<?> all ? all.size() : -1, message);
    }

    /** The items of an array, with a bar. */
    public static <T> Iterable<T> over(T[] items) {
        return over(Arrays.asList(items));
    }

    /** The numbers of an array, with a bar. */
    public static Iterable<Integer> over(int[] items) {
        return () -> new Walk<>(Arrays.stream(items).iterator(), items.length, "");
    }

    /** The numbers of an array, with a bar. */
    public static Iterable<Double> over(double[] items) {
        return () -> new Walk<>(Arrays.stream(items).iterator(), items.length, "");
    }

    /** The items of a stream, once, with a bar. */
    public static <T> Iterable<T> over(Stream<T> items) {
        return () -> {
            Spliterator<T> all = items.spliterator();
            return new Walk<>(Spliterators.iterator(all), all.getExactSizeIfKnown(), "");
        };
    }

    /** One step is done. */
    public void step() {
        step(1);
    }

    /** Some steps are done. */
    public void step(long steps) {
        long now = done.addAndGet(steps);
        if (state == State.STOPPED) {
            state = State.RUNNING; // goes on in a later cell
            board.reopen();
        }
        if (total >= 0 && now >= total) {
            end(State.DONE);
        } else {
            board.paint(false);
        }
    }

    /** Sets the text before the bar. */
    public void message(String text) {
        message = text;
        board.paint(false);
    }

    /** Ends the bar: done, or stopped where it stands when steps are missing. */
    @Override
    public void close() {
        end(total < 0 || done.get() >= total ? State.DONE : State.STOPPED);
    }

    private void end(State how) {
        if (state == State.RUNNING) {
            stopClock(how);
            board.close(this);
        }
    }

    /** Fixes the time and how it ended; shows nothing. */
    void stopClock(State how) {
        if (state == State.RUNNING) {
            ended = System.nanoTime();
            state = how;
        }
    }

    /** Ends what is still open on this thread; called when a cell has ended. */
    static void endOfCell() {
        ProgressBoard.endOfCell();
    }

    /** Steps in all; -1 when unknown. */
    long total() {
        return total;
    }

    long done() {
        return done.get();
    }

    String message() {
        return message;
    }

    State state() {
        return state;
    }

    double seconds() {
        return ((state == State.RUNNING ? System.nanoTime() : ended) - began) / 1e9;
    }

    private static final class Walk<T> implements Iterator<T> {
        private final Iterator<T> items;
        private final Progress bar;
        private boolean atWork;

        Walk(Iterator<T> items, long total, String message) {
            this.items = items;
            bar = new Progress(total, message);
        }

        @Override
        public boolean hasNext() {
            finishItem();
            boolean more = items.hasNext();
            if (!more) {
                bar.end(State.DONE);
            }
            return more;
        }

        @Override
        public T next() {
            finishItem();
            T item = items.next();
            atWork = true;
            return item;
        }

        private void finishItem() {
            if (atWork) {
                atWork = false;
                bar.board.closeInside(bar);
                bar.step();
            }
        }
    }
}
