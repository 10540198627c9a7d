package touchstone.kernel;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import touchstone.kernel.display.MimeBundle;
import touchstone.kernel.engine.Inspected;
import touchstone.kernel.javadoc.HtmlWriter;
import touchstone.kernel.javadoc.PlainWriter;
import touchstone.kernel.protocol.Content;

/**
 * Writes signatures and javadoc as the content of an inspect_reply: as text, Markdown and HTML. One overload, or the one
 * that the arguments choose, is shown with its whole comment; of many, the first sentence each.
 */
final class InspectReply {
    private static final int SHOWN = 6;
    private static final int WHOLE = 2;
    private static final String OTHERS = "Other overloads";
    private static final int LISTED = 12;

    private InspectReply() {}

    /** @param detail 0 for what fits a tooltip, 1 for everything */
    static JsonObject of(List<Inspected> found, int detail) {
        JsonObject reply = Content.ok();
        reply.addProperty("found", !found.isEmpty());
        var data = new JsonObject();
        if (!found.isEmpty()) {
            data.addProperty(MimeBundle.TEXT, plain(found, detail, PlainWriter.TEXT));
            data.addProperty(MimeBundle.MARKDOWN, plain(found, detail, PlainWriter.MARKDOWN));
            data.addProperty(MimeBundle.HTML, html(found, detail));
        }
        reply.add("data", data);
        reply.add("metadata", new JsonObject());
        return reply;
    }

    private static String plain(List<Inspected> found, int detail, PlainWriter writer) {
        List<String> parts = parts(
                found,
                detail,
                (each, whole) -> {
                    String body = whole ? writer.whole(each.javadoc()) : writer.summary(each.javadoc());
                    return writer.signature(each.signature()) + (body.isEmpty() ? "" : "\n\n" + body);
                },
                others -> writer.title(OTHERS) + "\n" + writer.signature(others));
        return String.join("\n\n", parts);
    }

    private static String html(List<Inspected> found, int detail) {
        List<String> parts = parts(
                found,
                detail,
                (each, whole) -> HtmlWriter.signature(each.signature())
                        + (whole ? HtmlWriter.whole(each.javadoc()) : HtmlWriter.summary(each.javadoc())),
                others -> HtmlWriter.title(OTHERS) + HtmlWriter.signature(others));
        return String.join("", parts);
    }

    /** The overloads that fit; below, the bare signatures of the others. */
    private static List<String> parts(
            List<Inspected> found,
            int detail,
            BiFunction<Inspected, Boolean, String> written,
            UnaryOperator<String> listed) {
        List<Inspected> fitting = found.stream().filter(Inspected::fits).toList();
        boolean whole = detail > 0 || fitting.size() <= WHOLE;
        int shown = detail > 0 ? fitting.size() : Math.min(SHOWN, fitting.size());
        var parts = new ArrayList<String>();
        fitting.subList(0, shown).forEach(each -> parts.add(written.apply(each, whole)));
        List<String> others = new ArrayList<>();
        fitting.subList(shown, fitting.size()).forEach(each -> others.add(each.signature()));
        found.stream().filter(each -> !each.fits()).forEach(each -> others.add(each.signature()));
        if (!others.isEmpty()) {
            int most = detail > 0 ? others.size() : Math.min(LISTED, others.size());
            String more = most < others.size() ? "\n... and " + (others.size() - most) + " more" : "";
            parts.add(listed.apply(String.join("\n", others.subList(0, most)) + more));
        }
        return parts;
    }
}
