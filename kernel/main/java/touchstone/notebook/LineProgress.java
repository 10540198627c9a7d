package touchstone.notebook;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Progress as plain lines, one for each cell that has ended, for logs and for runs side by side. */
public final class LineProgress implements Progress {
    private final PrintWriter out;

    public LineProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void started(String name) {
        line(name + ": starting the kernel");
    }

    @Override
    public void cellDone(String name, int cell, int of, Duration took, String outcome) {
        line(String.format(
                Locale.ROOT, "%s: cell %d/%d %s, %.1f s", name, cell, of, outcome, took.toMillis() / 1000.0));
    }

    private void line(String text) {
        synchronized (out) {
            out.println(text);
            out.flush();
        }
    }
}
