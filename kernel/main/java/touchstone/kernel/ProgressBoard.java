package touchstone.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.display.MimeBundle;

/** The bars of one thread, the outermost first, shown as one display. Thread-safe: others may step the bars. */
final class ProgressBoard {
    private static final long SHORTEST = 100_000_000; // ns between two updates of a display
    private static final long BETWEEN_LINES = 5_000_000_000L;
    private static final ThreadLocal<@Nullable ProgressBoard> CURRENT = new ThreadLocal<>();

    private final @Nullable Kernel kernel = Kernel.running();
    private final List<Progress> bars = new ArrayList<>();
    private @Nullable String display;
    private boolean finished;
    private volatile long painted = System.nanoTime();

    private ProgressBoard() {}

    static ProgressBoard ofThisThread() {
        ProgressBoard board = CURRENT.get();
        if (board == null || board.finished()) {
            board = new ProgressBoard();
            CURRENT.set(board);
        }
        return board;
    }

    static void endOfCell() {
        ProgressBoard board = CURRENT.get();
        if (board != null) {
            CURRENT.remove();
            board.stop();
        }
    }

    /** Takes part in the cell that runs now, after an earlier one has ended. */
    void reopen() {
        if (CURRENT.get() == null) {
            CURRENT.set(this);
        }
    }

    synchronized void open(Progress bar) {
        bars.add(bar);
        paint(kernel != null && display == null);
    }

    /** Ends the bars inside this one, which a loop left early has forgotten. */
    synchronized void closeInside(Progress bar) {
        int place = bars.indexOf(bar);
        if (place >= 0 && place + 1 < bars.size()) {
            bars.subList(place + 1, bars.size()).clear();
        }
    }

    /** A bar has ended: an inner one vanishes, the outermost stays as it is. */
    synchronized void close(Progress bar) {
        closeInside(bar);
        if (bars.indexOf(bar) > 0) {
            bars.remove(bar);
            paint(false);
            return;
        }
        finished = true;
        paint(true);
    }

    private synchronized boolean finished() {
        return finished;
    }

    private synchronized void stop() {
        if (finished) {
            return;
        }
        bars.forEach(bar -> bar.stopClock(Progress.State.STOPPED));
        paint(true);
    }

    /** Shows how things stand, unless that was done a moment ago; {@code now} shows them in any case. */
    void paint(boolean now) {
        if (now || System.nanoTime() - painted >= (kernel == null ? BETWEEN_LINES : SHORTEST)) {
            show();
        }
    }

    private synchronized void show() {
        if (bars.isEmpty()) {
            return;
        }
        painted = System.nanoTime();
        if (kernel == null) {
            System.err.println(ProgressLook.text(bars.get(0)));
            return;
        }
        var html = new StringBuilder();
        var text = new ArrayList<String>();
        for (Progress bar : bars) {
            html.append(ProgressLook.html(bar));
            text.add(ProgressLook.text(bar));
        }
        MimeBundle bundle =
                new MimeBundle().put(MimeBundle.HTML, html.toString()).put(MimeBundle.TEXT, String.join("\n", text));
        if (display == null) {
            display = kernel.displays().display(bundle);
        } else {
            kernel.displays().update(display, bundle);
        }
    }
}
