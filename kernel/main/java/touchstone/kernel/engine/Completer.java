package touchstone.kernel.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/**
 * Completes Java code at a cursor: what JShell suggests, best first; where nothing begins with what was typed, names
 * whose capitals or letters match it in order ({@code tUC} finds {@code toUpperCase}); and, on a variable, members that
 * its value has at run time though its declared type has not, with the cast that they need.
 */
public final class Completer {
    /**
     * One match.
     *
     * @param text replaces the code between start and end
     * @param kind {@code function}, {@code class}, {@code keyword} or {@code instance}, as front ends name them
     * @param signature parameters of a method, or an empty text
     */
    public record Match(String text, String kind, String signature) {}

    /**
     * @param matches best first
     * @param start index in chars, inclusive
     * @param end index in chars, exclusive
     */
    public record Completion(List<Match> matches, int start, int end) {
        public Completion {
            matches = List.copyOf(matches);
        }

        /** The texts alone. */
        public List<String> texts() {
            return matches.stream().map(Match::text).toList();
        }
    }

    /** A completion that has taken this long looks up no more signatures; the next key stroke asks again. */
    private static final long BUDGET_NANOS = 15_000_000;

    private static final Pattern MEMBER = Pattern.compile("(?<![\\w.)\\]$])([A-Za-z_$][\\w$]*)\\s*\\.\\s*([\\w$]*)$");
    private static final List<String> KEYWORDS = List.of(
            ("abstract assert boolean break byte case catch char class const continue default do double else enum "
                            + "extends false final finally float for goto if implements import instanceof int interface "
                            + "long native new null package permits private protected public record return sealed short "
                            + "static strictfp super switch synchronized this throw throws transient true try var void "
                            + "volatile while yield")
                    .split(" ", -1));

    private final Engine engine;
    private final Map<String, String> signatures = new HashMap<>();
    private long generation;

    public Completer(Engine engine) {
        this.engine = engine;
    }

    /** @param cursor index into {@code code}, in chars */
    public synchronized Completion complete(String code, int cursor) {
        long end = System.nanoTime() + BUDGET_NANOS;
        if (generation != engine.generation()) {
            generation = engine.generation();
            signatures.clear();
        }
        String before = code.substring(0, cursor);
        var anchor = new int[] {cursor};
        List<Suggestion> suggestions = suggestions(before, anchor);
        int start = Math.min(anchor[0], cursor);
        String typed = before.substring(start);
        if (suggestions.isEmpty() && typed.isEmpty()) {
            start = identifierStart(before);
            typed = before.substring(start);
        }
        Map<String, Match> matches = named(suggestions);
        if (matches.isEmpty() && !typed.isEmpty()) {
            matches = fuzzy(before.substring(0, start), typed);
        }
        addSignatures(before.substring(0, start), matches, end);
        Matcher member = MEMBER.matcher(before);
        if (member.find()) {
            List<Match> cast = castMembers(member, matches);
            if (!cast.isEmpty()) {
                return new Completion(cast, member.start(1), cursor);
            }
        }
        return new Completion(List.copyOf(matches.values()), start, cursor);
    }

    private List<Suggestion> suggestions(String code, int[] anchor) {
        return engine.analyse(analysis -> analysis.completionSuggestions(code, code.length(), anchor));
    }

    /** Suggestions by name, those of the wanted type first; JShell writes methods as {@code name(} or {@code name()}. */
    private static Map<String, Match> named(List<Suggestion> suggestions) {
        var matches = new LinkedHashMap<String, Match>();
        for (boolean fitting : new boolean[] {true, false}) {
            for (Suggestion suggestion : suggestions) {
                if (suggestion.matchesType() == fitting) {
                    String text = suggestion.continuation();
                    int bracket = text.indexOf('(');
                    String name = bracket > 0 ? text.substring(0, bracket) : text;
                    matches.putIfAbsent(name, new Match(name, kind(name, bracket > 0), ""));
                }
            }
        }
        return matches;
    }

    private static String kind(String name, boolean method) {
        if (method) {
            return "function";
        }
        if (KEYWORDS.contains(name.strip())) {
            return "keyword";
        }
        return Character.isUpperCase(name.charAt(0)) && !name.equals(name.toUpperCase(java.util.Locale.ROOT))
                ? "class"
                : "instance";
    }

    /** All names that could stand here, of which those stay whose capitals, or letters in order, match. */
    private Map<String, Match> fuzzy(String before, String typed) {
        Map<String, Match> all = named(suggestions(before, new int[] {before.length()}));
        var found = new LinkedHashMap<String, Match>();
        for (boolean byCapitals : new boolean[] {true, false}) {
            all.forEach((name, match) -> {
                if (byCapitals ? CamelCase.matches(typed, name) : CamelCase.inOrder(typed, name)) {
                    found.putIfAbsent(name, match);
                }
            });
        }
        return found;
    }

    /** Adds the parameters of methods: of the first, and of as many as there is time for; those known cost none. */
    private void addSignatures(String before, Map<String, Match> matches, long end) {
        boolean first = true;
        for (Match match : List.copyOf(matches.values())) {
            if (match.kind().equals("function")) {
                String call = before + match.text() + "(";
                String signature = first || System.nanoTime() < end
                        ? signatures.computeIfAbsent(call, this::signature)
                        : signatures.getOrDefault(call, "");
                matches.put(match.text(), new Match(match.text(), match.kind(), signature));
                first = false;
            }
        }
    }

    private String signature(String call) {
        List<Documentation> found = engine.analyse(analysis -> analysis.documentation(call, call.length(), false));
        if (found.isEmpty()) {
            return "";
        }
        String signature = found.get(0).signature();
        int bracket = Math.max(0, signature.indexOf('('));
        return signature.substring(bracket) + (found.size() > 1 ? " +" + (found.size() - 1) : "");
    }

    /** When the variable's value has members that its type lacks: all members, those with a cast. Else nothing. */
    private List<Match> castMembers(Matcher member, Map<String, Match> known) {
        String variable = member.group(1);
        Object value = engine.variableValue(variable);
        if (value == null) {
            return List.of();
        }
        var extra = new ArrayList<Match>();
        RuntimeMembers.of(value).forEach((name, type) -> {
            if (name.startsWith(member.group(2)) && !known.containsKey(name)) {
                extra.add(new Match("((" + type + ") " + variable + ")." + name, "function", "at run time"));
            }
        });
        if (extra.isEmpty()) {
            return List.of();
        }
        var all = new ArrayList<Match>();
        known.values().forEach(each -> all.add(new Match(variable + "." + each.text(), each.kind(), each.signature())));
        all.addAll(extra);
        return all;
    }

    private static int identifierStart(String code) {
        int start = code.length();
        while (start > 0 && Character.isJavaIdentifierPart(code.charAt(start - 1))) {
            start--;
        }
        return start;
    }
}
