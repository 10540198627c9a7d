package touchstone.kernel;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import touchstone.kernel.display.Capture;
import touchstone.kernel.display.MimeBundle;

/**
 * What a cell printed and showed under {@code %%capture}.
 *
 * @param stdout what it printed to System.out
 * @param stderr what it printed to System.err
 * @param displays what it displayed, its result last
 */
public record Captured(String stdout, String stderr, List<MimeBundle> displays) {
    private static final ThreadLocal<@Nullable Captured> OFFERED = new ThreadLocal<>();

    public Captured {
        displays = List.copyOf(displays);
    }

    static Captured of(Capture capture) {
        return new Captured(capture.text("stdout"), capture.text("stderr"), capture.displays());
    }

    static void offer(Captured captured) {
        OFFERED.set(captured);
    }

    /** Hands over what {@code %%capture} has kept last on this thread; for the magic alone. */
    public static Captured take() {
        Captured captured = Objects.requireNonNull(OFFERED.get(), "%%capture has kept nothing");
        OFFERED.remove();
        return captured;
    }

    /** Prints and shows it now. */
    public void show() {
        System.out.print(stdout);
        System.err.print(stderr);
        displays.forEach(UserFunctions::display);
    }

    @Override
    public String toString() {
        return "Captured: " + stdout.length() + " characters of stdout, " + stderr.length() + " of stderr, "
                + (displays.size() == 1 ? "1 display" : displays.size() + " displays");
    }
}
