package touchstone.notebook;

/** HTML text. */
final class Html {
    private Html() {}

    /** Text as HTML, safe between tags and within double quotes. */
    static String escape(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /** An element with a class around HTML. */
    static String span(String cssClass, String html) {
        return "<span class=\"" + cssClass + "\">" + html + "</span>";
    }
}
