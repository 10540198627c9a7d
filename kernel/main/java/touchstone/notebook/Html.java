package touchstone.notebook;

import touchstone.kernel.display.HtmlText;

/** HTML text. */
final class Html {
    private Html() {}

    /** Text as HTML, safe between tags and within quotes. */
    static String escape(String text) {
        return HtmlText.escape(text);
    }

    /** An element with a class around HTML. */
    static String span(String cssClass, String html) {
        return "<span class=\"" + cssClass + "\">" + html + "</span>";
    }
}
