package touchstone.kernel.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import jdk.jshell.JShell;
import jdk.jshell.VarSnippet;

/**
 * The variables {@code $n} that JShell makes for results. It would keep them and their values for ever and import each
 * into every later snippet, which makes every cell slower; here only the last ten live.
 */
final class ResultVariables {
    private static final int KEPT = 10;

    private final JShell shell;
    private final SnippetLoader loader;
    private final Deque<VarSnippet> live = new ArrayDeque<>();

    ResultVariables(JShell shell, SnippetLoader loader) {
        this.shell = shell;
        this.loader = loader;
    }

    /** Takes a new result variable in, and lets the oldest go when there are too many. */
    void add(VarSnippet variable) {
        live.addLast(variable);
        if (live.size() > KEPT) {
            drop(live.removeFirst());
        }
    }

    /** Lets a variable and its value go. */
    void drop(VarSnippet variable) {
        loader.reset(variable.name());
        shell.drop(variable);
    }
}
