package touchstone.kernel.backend;

import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferCancelledException;
import org.eclipse.aether.transfer.TransferEvent;

/** Tells a watcher of each MiB that arrives, and stops when the thread that waits for it is interrupted. */
final class FetchProgress extends AbstractTransferListener {
    private static final int MIB = 1 << 20;

    private final Thread waiting = Thread.currentThread();
    private final AtomicLong bytes = new AtomicLong();
    private final FetchWatcher watcher;

    FetchProgress(FetchWatcher watcher) {
        this.watcher = watcher;
    }

    @Override
    public void transferProgressed(TransferEvent event) throws TransferCancelledException {
        if (waiting.isInterrupted()) {
            throw new TransferCancelledException("interrupted");
        }
        int length = event.getDataLength();
        long after = bytes.addAndGet(length);
        long steps = after / MIB - (after - length) / MIB;
        if (steps > 0) {
            watcher.arrived(steps);
        }
    }
}
