package touchstone.kernel.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;

/**
 * Says which snippet, and which line of it, a frame of compiled snippet code is. JShell does so for what a cell throws;
 * this is for what a thread of the user throws, and for magics. The caller holds the engine's lock.
 */
final class SnippetFrames {
    private static final Pattern CLASS = Pattern.compile("(REPL\\.\\$JShell\\$\\w+)(?:\\$(.+))?");

    private static final Pattern NUMBER = Pattern.compile("(^|\\$)\\d+(?=\\$|\\z)"); // of a class without a name

    private final JShell shell;
    private final Supplier<SourceCodeAnalysis> analysis;
    private final CellIndex index;

    SnippetFrames(JShell shell, Supplier<SourceCodeAnalysis> analysis, CellIndex index) {
        this.shell = shell;
        this.analysis = analysis;
        this.index = index;
    }

    /** The snippet frames of a throwable and its causes, in JShell's terms: file {@code #id}, line of the snippet. */
    List<StackTraceElement> of(Throwable thrown) {
        return SnippetControl.snippetFrames(thrown).stream()
                .map(this::translated)
                .toList();
    }

    private StackTraceElement translated(StackTraceElement frame) {
        Matcher name = CLASS.matcher(frame.getClassName());
        if (!name.matches()) {
            return frame;
        }
        String nested = name.group(2) == null
                ? ""
                : NUMBER.matcher(name.group(2)).replaceAll("").replace('$', '.');
        String member = nested.isEmpty() ? frame.getMethodName() : nested.replaceFirst("\\..*", "");
        Optional<Snippet> snippet = snippet(name.group(1), member);
        snippet.ifPresent(each -> index.adopt(each.id(), each.source()));
        int line = snippet.map(each -> line(each, frame.getLineNumber())).orElse(0);
        String file = line > 0 ? "#" + snippet.get().id() : "";
        String method = frame.getMethodName().startsWith("do_it$") ? "" : frame.getMethodName();
        return new StackTraceElement(nested, method, file, line > 0 ? line : frame.getLineNumber());
    }

    /** The snippet that a wrapper class was made for; of several that depend on each other, the one of that name. */
    private Optional<Snippet> snippet(String wrapper, String member) {
        List<Snippet> all =
                shell.snippets().filter(each -> wraps(each, wrapper)).toList();
        return all.stream()
                .filter(each -> each instanceof DeclarationSnippet declared
                        && declared.name().equals(member))
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    private boolean wraps(Snippet snippet, String wrapper) {
        boolean compiled =
                switch (snippet.kind()) {
                    case IMPORT, ERRONEOUS -> false;
                    default -> shell.status(snippet) != Snippet.Status.REJECTED;
                };
        return compiled && analysis.get().wrapper(snippet).fullClassName().equals(wrapper);
    }

    /** The line of a snippet, from 1, that a line of its compiled class comes from; 0 when none does. */
    private int line(Snippet snippet, int compiledLine) {
        SnippetWrapper wrapper = analysis.get().wrapper(snippet);
        String compiled = wrapper.wrapped();
        int start = 0;
        for (int i = 1; i < compiledLine && start >= 0; i++) {
            start = compiled.indexOf('\n', start) + 1;
            if (start == 0) {
                return 0;
            }
        }
        int end = compiled.indexOf('\n', start);
        int position = -1; // what comes from nowhere in the snippet counts as its first character
        for (int at = start; at < (end < 0 ? compiled.length() : end); at++) {
            position = Math.max(position, wrapper.wrappedToSourcePosition(at));
        }
        if (position < 0) {
            return 0;
        }
        String before = snippet.source()
                .substring(0, Math.min(position, snippet.source().length()));
        return 1 + (int) before.chars().filter(c -> c == '\n').count();
    }
}
