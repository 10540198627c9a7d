package touchstone.kernel;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.backend.FetchWatcher;

/** Shows what is fetched: a sentence first, then a bar of MiB. */
public final class FetchBar implements FetchWatcher {
    private final Consumer<String> lines;
    private volatile @Nullable Progress bar;

    /** @param lines takes the sentence */
    public FetchBar(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void begins(String sentence, long mib) {
        lines.accept(sentence);
        bar = Progress.of(Math.max(1, mib), "ND4J's CUDA jars, MiB");
    }

    @Override
    public void arrived(long mib) {
        Progress open = bar;
        if (open != null) {
            open.step(mib);
        }
    }

    @Override
    public void close() {
        Progress open = bar;
        if (open != null) {
            open.close();
        }
    }
}
