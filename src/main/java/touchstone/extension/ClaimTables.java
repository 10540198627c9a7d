package touchstone.extension;

import java.util.ArrayList;
import java.util.List;
import touchstone.claims.ClaimResult;
import touchstone.claims.ClaimsTable;
import touchstone.claims.Verdict;
import touchstone.kernel.display.MimeBundle;

/** Claims tables: HTML with a coloured verdict that also reads as a word, text, and JSON for the ledger. */
final class ClaimTables {
    private ClaimTables() {}

    static void render(ClaimsTable table, MimeBundle bundle) {
        var html = new StringBuilder(Html.open());
        html.append(Html.head(List.of("claim", "measured", "interval", "verdict at this scale"), false));
        html.append("<tbody>");
        table.results().forEach(r -> html.append(Html.row(cells(r), false)));
        html.append("</tbody></table>").append(Html.note(methods(table)));
        html.append(Html.note(table.provenance().line()));
        bundle.put(MimeBundle.HTML, html.toString());
        bundle.put(MimeBundle.TEXT, table.toString());
        bundle.put(MimeBundle.CLAIMS, table.toJson());
    }

    private static List<String> cells(ClaimResult r) {
        String id = "<span style=\"opacity:0.7\">" + Html.escape(r.claim().id()) + "</span> ";
        String claim =
                id + Html.escape(r.claim().statement()) + " <code style=\"color:inherit;background:transparent\">"
                        + Html.escape(r.claim().condition()) + "</code>";
        return List.of(
                claim,
                Html.escape(ClaimsTable.measuredText(r)),
                Html.escape(ClaimsTable.intervalText(r)),
                badge(r.verdict()));
    }

    private static String badge(Verdict verdict) {
        String colour =
                switch (verdict) {
                    case SUPPORTED -> "#00795a";
                    case NOT_SHOWN -> "#6b6b6b";
                    case REFUTED -> "#b34700";
                };
        return "<span style=\"background:" + colour + ";color:#fff;padding:0.1em 0.6em;border-radius:0.7em;"
                + "font-weight:600;white-space:nowrap\">" + verdict + "</span>";
    }

    private static String methods(ClaimsTable table) {
        var methods = new ArrayList<String>();
        for (ClaimResult r : table.results()) {
            methods.add(r.claim().id() + ": " + r.method());
        }
        return String.join("; ", methods);
    }
}
