package touchstone.kernel.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** Completes Java code at a cursor. */
public final class Completer {
    /**
     * @param matches full replacements for the text between start and end, best first
     * @param start character index, inclusive
     * @param end character index, exclusive
     */
    public record Completion(List<String> matches, int start, int end) {
        public Completion {
            matches = List.copyOf(matches);
        }
    }

    private final Engine engine;

    public Completer(Engine engine) {
        this.engine = engine;
    }

    /** @param cursor index into {@code code}, in chars */
    public Completion complete(String code, int cursor) {
        var anchor = new int[] {cursor};
        List<Suggestion> suggestions = engine.analyse(analysis -> analysis.completionSuggestions(code, cursor, anchor));
        var fitting = new ArrayList<String>();
        var others = new ArrayList<String>();
        for (Suggestion suggestion : suggestions) {
            (suggestion.matchesType() ? fitting : others).add(name(suggestion.continuation()));
        }
        fitting.addAll(others);
        return new Completion(List.copyOf(new LinkedHashSet<>(fitting)), anchor[0], cursor);
    }

    /** JShell writes methods as {@code name(} or {@code name()}; the front end wants the name. */
    private static String name(String continuation) {
        int bracket = continuation.indexOf('(');
        return bracket > 0 ? continuation.substring(0, bracket) : continuation;
    }
}
