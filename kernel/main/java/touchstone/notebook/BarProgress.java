package touchstone.notebook;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Progress as a bar on a terminal, redrawn in place: notebook, cell, time gone by. For one notebook at a time. */
public final class BarProgress implements Progress {
    private static final int WIDTH = 24;

    private final PrintWriter out;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "touchstone-progress");
        thread.setDaemon(true);
        return thread;
    });
    private String name = "";
    private String where = "";
    private int done;
    private int total = 1;
    private long started;
    private boolean shown;
    private final Future<?> ticks;

    public BarProgress(PrintWriter out) {
        this.out = out;
        ticks = clock.scheduleAtFixedRate(this::tick, 500, 500, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void started(String notebook) {
        name = notebook;
        where = "starting the kernel";
        started = System.nanoTime();
        done = 0;
        total = 1;
        shown = true;
        draw();
    }

    @Override
    public synchronized void cell(String notebook, int cell, int of) {
        where = "cell " + cell + "/" + of;
        done = cell - 1;
        total = of;
        draw();
    }

    @Override
    public synchronized void cellDone(String notebook, int cell, int of, Duration took, String outcome) {
        done = cell;
        draw();
    }

    @Override
    public synchronized void finished(String notebook) {
        shown = false;
        out.print("\r\u001b[K");
        out.flush();
    }

    private synchronized void tick() {
        if (shown) {
            draw();
        }
    }

    private void draw() {
        int filled = WIDTH * done / Math.max(1, total);
        long seconds = Duration.ofNanos(System.nanoTime() - started).toSeconds();
        out.print("\r" + name + " [" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "] " + where + "  "
                + seconds / 60 + ":" + (seconds % 60 < 10 ? "0" : "") + seconds % 60 + "\u001b[K");
        out.flush();
    }

    @Override
    public void close() {
        ticks.cancel(false);
        clock.shutdownNow();
    }
}
