package touchstone.kernel.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;

/** What a user should know of a cell though nothing failed. */
final class CellNotes {
    private final JShell shell;
    private final Set<String> declaredHere = new HashSet<>();
    private final List<Snippet> unresolved = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    CellNotes(JShell shell) {
        this.shell = shell;
    }

    /** Takes in a snippet that was accepted with this status. */
    void accepted(Snippet snippet, Status status) {
        if (isRecoverable(status)) {
            unresolved.add(snippet);
        }
        if (snippet instanceof MethodSnippet method) {
            noteOldOverloads(method);
            declaredHere.add(method.id());
        }
    }

    /** Variables whose values could not be kept. */
    void lost(List<String> variables) {
        for (String lost : variables) {
            notes.add("variable " + lost + " was reset to null, because the class of its value was redefined");
        }
    }

    /** All notes, at the end of the cell. */
    List<String> take() {
        for (Snippet snippet : unresolved) {
            if (snippet instanceof DeclarationSnippet declaration && isRecoverable(shell.status(snippet))) {
                notes.add(missing(declaration));
            }
        }
        return notes;
    }

    /** What must be declared before a declaration can be used. */
    String missing(DeclarationSnippet declaration) {
        return declaration.name() + " cannot be used until these are declared: "
                + shell.unresolvedDependencies(declaration).collect(Collectors.joining(", "));
    }

    private static boolean isRecoverable(Status status) {
        return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
    }

    /** A method with other parameter types is another method: the older one stays and may be the one that is called. */
    private void noteOldOverloads(MethodSnippet method) {
        shell.methods()
                .filter(other -> !other.id().equals(method.id())
                        && !declaredHere.contains(other.id())
                        && other.name().equals(method.name())
                        && parameters(other) == parameters(method))
                .forEach(other -> notes.add("the older " + other.name() + "(" + other.parameterTypes()
                        + ") is still there beside " + method.name() + "(" + method.parameterTypes()
                        + "); a call takes the one that fits better"));
    }

    private static long parameters(MethodSnippet method) {
        String types = method.parameterTypes();
        return types.isEmpty() ? 0 : 1 + types.chars().filter(c -> c == ',').count();
    }
}
