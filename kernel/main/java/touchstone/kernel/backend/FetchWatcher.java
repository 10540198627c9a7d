package touchstone.kernel.backend;

/** Is told how jars are fetched. */
public interface FetchWatcher extends AutoCloseable {
    /** Before the first byte: a sentence with the size, and the size in MiB. */
    void begins(String sentence, long mib);

    /** So many MiB more have arrived; called from any thread. */
    void arrived(long mib);

    /** It has ended, well or not, or there was nothing to fetch. */
    @Override
    void close();
}
