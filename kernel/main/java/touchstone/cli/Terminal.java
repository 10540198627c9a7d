package touchstone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is known about the terminal that messages go to. */
final class Terminal {
    private static final Path STDERR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** True when stderr is a terminal that can redraw a line; {@code TOUCHSTONE_TTY=1|0} says so where /proc does not. */
    static boolean redraws() {
        if (System.getenv().getOrDefault("TERM", "dumb").equals("dumb")) {
            return false;
        }
        if (System.getenv("TOUCHSTONE_TTY") != null) {
            return "1".equals(System.getenv("TOUCHSTONE_TTY"));
        }
        try {
            if (Files.isSymbolicLink(STDERR)) {
                String target = Files.readSymbolicLink(STDERR).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }
}
