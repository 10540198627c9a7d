package touchstone.course.similar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import touchstone.kernel.display.HtmlText;

/** Pairs of works as a page that needs nothing else: a table, and the first pairs side by side with what they share marked. */
public final class SimilarPage {
    private static final int ROWS = 200;
    private static final int SIDE_BY_SIDE = 20;
    private static final int COLOURS = 6;
    private static final String STYLE =
            """
            :root{color-scheme:light dark;--rule:#d0d5dd;--soft:#f4f5f7;--text:#1d2433;--quiet:#5b6475}
            body{font:16px/1.5 system-ui,sans-serif;color:var(--text);background:Canvas;max-width:1400px;margin:2rem auto;padding:0 1.5rem}
            p{max-width:50rem}
            table{border-collapse:collapse;margin:1rem 0}
            th,td{padding:.3rem .9rem;border-bottom:1px solid var(--rule);text-align:right}
            th:nth-child(-n+2),td:nth-child(-n+2){text-align:left}
            th{color:var(--quiet);font-weight:600}
            h2{margin-top:3rem;border-top:1px solid var(--rule);padding-top:1.5rem}
            .sides{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:1.5rem}
            h3{margin:.5rem 0}
            pre{font:13px/1.5 ui-monospace,monospace;background:var(--soft);padding:.8rem 1rem;border-radius:6px;white-space:pre-wrap;\
            overflow-wrap:anywhere;margin:.5rem 0;tab-size:4}
            mark{color:inherit;border-radius:3px;padding:1px 0;-webkit-box-decoration-break:clone;box-decoration-break:clone}
            mark b{font:600 11px system-ui;border-radius:8px;padding:0 6px;margin-right:4px;background:#0002}
            .c0{background:#ffe08a}.c1{background:#b8e0ff}.c2{background:#c7f0c2}.c3{background:#ffcfd2}.c4{background:#e1d0ff}.c5{background:#ffd9b0}
            .quiet{color:var(--quiet)}
            @media (prefers-color-scheme:dark){:root{--rule:#3a4252;--soft:#1c212b;--text:#e6e9ef;--quiet:#9aa4b5}
            .c0{background:#5c4a00}.c1{background:#0b4068}.c2{background:#1d4f21}.c3{background:#6b2328}.c4{background:#46307a}.c5{background:#6a3d0c}}
            @media (max-width:50rem){.sides{grid-template-columns:1fr}}
            """;

    private SimilarPage() {}

    /**
     * The page's text.
     *
     * @param pairs the most alike first
     * @param works of all students
     */
    public static String html(String assignment, List<Pair> pairs, List<Work> works, Winnowing winnowing) {
        String title = "Code in common: " + HtmlText.escape(assignment);
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + title
                + "</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n<h1>" + title + "</h1>\n");
        page.append(explained(pairs, works, winnowing));
        if (!pairs.isEmpty()) {
            page.append(table(pairs));
        }
        Map<String, Work> byStudent = new HashMap<>();
        works.forEach(work -> byStudent.put(work.student(), work));
        for (int i = 0; i < Math.min(SIDE_BY_SIDE, pairs.size()); i++) {
            Pair pair = pairs.get(i);
            Work none = new Work("", List.of());
            page.append(sides(
                    i + 1,
                    pair,
                    byStudent.getOrDefault(pair.first(), none),
                    byStudent.getOrDefault(pair.second(), none)));
        }
        return page.append("</body>\n</html>\n").toString();
    }

    private static String explained(List<Pair> pairs, List<Work> works, Winnowing winnowing) {
        return "<p><strong>This is evidence to look at, not a verdict.</strong> Short solutions agree by necessity, and people who "
                + "learn together write alike. Read both sides, and hear the students, before you conclude anything.</p>\n"
                + "<p>" + works.size() + " submissions, " + (pairs.isEmpty() ? "no" : pairs.size())
                + " pairs with code in common. Names, numbers, strings, comments and modifiers do not count; code of the release "
                + "is left out"
                + (works.size() >= Comparison.CLASS ? ", and so is what more than half of the class wrote" : "")
                + ". A run of " + (winnowing.gram() + winnowing.window() - 1)
                + " tokens of their own in common is always found, one of fewer than " + winnowing.gram()
                + " never.</p>\n";
    }

    private static String table(List<Pair> pairs) {
        var table = new StringBuilder("<table>\n<thead><tr><th>A</th><th>B</th><th>of A in B</th><th>of B in A</th>"
                + "<th>longest run</th></tr></thead>\n<tbody>\n");
        for (int i = 0; i < Math.min(ROWS, pairs.size()); i++) {
            Pair pair = pairs.get(i);
            String name = HtmlText.escape(pair.first());
            String first = i < SIDE_BY_SIDE ? "<a href=\"#pair" + (i + 1) + "\">" + name + "</a>" : name;
            table.append("<tr><td>" + first + "</td><td>" + HtmlText.escape(pair.second()) + "</td><td>"
                    + percent(pair.firstInSecond()) + "</td><td>" + percent(pair.secondInFirst()) + "</td><td>"
                    + pair.longest() + " tokens</td></tr>\n");
        }
        return table.append("</tbody>\n</table>\n").toString();
    }

    private static String sides(int number, Pair pair, Work first, Work second) {
        return "<h2 id=\"pair" + number + "\">" + HtmlText.escape(pair.first()) + " and "
                + HtmlText.escape(pair.second()) + "</h2>\n<p class=\"quiet\">" + percent(pair.firstInSecond())
                + " of the one in the other, " + percent(pair.secondInFirst())
                + " the other way; the longest run has " + pair.longest()
                + " tokens. Passages of the same number are alike.</p>\n<div class=\"sides\">\n"
                + side(first, pair.passages(), Passage::first) + side(second, pair.passages(), Passage::second)
                + "</div>\n";
    }

    private static String side(Work work, List<Passage> passages, Function<Passage, Passage.Place> place) {
        var side = new StringBuilder("<div>\n<h3>" + HtmlText.escape(work.student()) + "</h3>\n");
        for (int cell = 0; cell < work.cells().size(); cell++) {
            var here = new ArrayList<Integer>();
            for (int i = 0; i < passages.size(); i++) {
                if (place.apply(passages.get(i)).cell() == cell) {
                    here.add(i);
                }
            }
            here.sort(Comparator.comparingInt(i -> place.apply(passages.get(i)).start()));
            side.append("<pre>")
                    .append(marked(work.cells().get(cell), here, passages, place))
                    .append("</pre>\n");
        }
        return side.append("</div>\n").toString();
    }

    private static String marked(
            String source, List<Integer> here, List<Passage> passages, Function<Passage, Passage.Place> place) {
        var text = new StringBuilder();
        int done = 0;
        for (int i : here) {
            Passage.Place at = place.apply(passages.get(i));
            text.append(HtmlText.escape(source.substring(done, at.start())))
                    .append("<mark class=\"c" + i % COLOURS + "\"><b>" + (i + 1) + "</b>")
                    .append(HtmlText.escape(source.substring(at.start(), at.end())))
                    .append("</mark>");
            done = at.end();
        }
        return text.append(HtmlText.escape(source.substring(done))).toString();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
