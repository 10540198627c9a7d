package touchstone.notebook;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Terminal text as HTML: colours and weights become spans, a carriage return writes its line anew. */
final class AnsiHtml {
    private static final Pattern ESCAPE = Pattern.compile("\u001b\\[([0-9;]*)([A-Za-z])|\u001b[()][A-Z0-9]");
    private static final Pattern OVERWRITTEN = Pattern.compile("(?m)^[^\\n]*\\r(?=[^\\r\\n])");

    private final StringBuilder out = new StringBuilder();
    private String colour = "";
    private String background = "";
    private boolean bold;
    private boolean italic;
    private boolean underlined;
    private boolean faint;

    private AnsiHtml() {}

    static String html(String text) {
        String settled =
                OVERWRITTEN.matcher(text.replace("\r\n", "\n")).replaceAll("").replace("\r", "");
        var page = new AnsiHtml();
        Matcher matcher = ESCAPE.matcher(settled);
        int end = 0;
        while (matcher.find()) {
            page.text(settled.substring(end, matcher.start()));
            if ("m".equals(matcher.group(2))) {
                page.style(matcher.group(1));
            }
            end = matcher.end();
        }
        page.text(settled.substring(end));
        return page.out.toString();
    }

    /** The text without its escape sequences. */
    static String plain(String text) {
        return ESCAPE.matcher(text).replaceAll("");
    }

    private void text(String text) {
        if (text.isEmpty()) {
            return;
        }
        String html = Html.escape(text);
        String classes = (bold ? "ab " : "")
                + (italic ? "ai " : "")
                + (underlined ? "au " : "")
                + (faint ? "af " : "")
                + (colour.startsWith("#") ? "" : colour);
        String style = (colour.startsWith("#") ? "color:" + colour + ";" : "")
                + (background.isEmpty() ? "" : "background:" + background + ";");
        if (classes.isBlank() && style.isEmpty()) {
            out.append(html);
            return;
        }
        out.append("<span")
                .append(classes.isBlank() ? "" : " class=\"" + classes.strip() + "\"")
                .append(style.isEmpty() ? "" : " style=\"" + style + "\"")
                .append('>')
                .append(html)
                .append("</span>");
    }

    private void style(String codes) {
        String[] parts = codes.isEmpty() ? new String[] {"0"} : codes.split(";", -1);
        for (int i = 0; i < parts.length; i++) {
            int code = number(parts[i]);
            if ((code == 38 || code == 48) && i + 1 < parts.length) {
                boolean palette = number(parts[i + 1]) == 5;
                String value = palette ? palette(part(parts, i + 2)) : rgb(parts, i + 2);
                i += palette ? 2 : 4;
                if (code == 38) {
                    colour = value;
                } else {
                    background = value;
                }
            } else {
                simple(code);
            }
        }
    }

    private void simple(int code) {
        switch (code) {
            case 0 -> {
                colour = "";
                background = "";
                bold = false;
                italic = false;
                underlined = false;
                faint = false;
            }
            case 1 -> bold = true;
            case 2 -> faint = true;
            case 3 -> italic = true;
            case 4 -> underlined = true;
            case 22 -> {
                bold = false;
                faint = false;
            }
            case 23 -> italic = false;
            case 24 -> underlined = false;
            case 39 -> colour = "";
            case 49 -> background = "";
            default -> base(code);
        }
    }

    private void base(int code) {
        if (code >= 30 && code <= 37) {
            colour = "a" + (code - 30);
        } else if (code >= 90 && code <= 97) {
            colour = "a" + (code - 90);
        } else if (code >= 40 && code <= 47) {
            background = "var(--a" + (code - 40) + ")";
        } else if (code >= 100 && code <= 107) {
            background = "var(--a" + (code - 100) + ")";
        }
    }

    /** A colour of the 256-colour palette. */
    private static String palette(int index) {
        if (index < 16) {
            return "a" + (index % 8);
        }
        if (index >= 232) {
            int grey = 8 + 10 * (index - 232);
            return String.format("#%02x%02x%02x", grey, grey, grey);
        }
        int cube = index - 16;
        return String.format("#%02x%02x%02x", level(cube / 36), level(cube / 6 % 6), level(cube % 6));
    }

    private static int level(int step) {
        return step == 0 ? 0 : 55 + 40 * step;
    }

    private static String rgb(String[] parts, int from) {
        return String.format("#%02x%02x%02x", part(parts, from), part(parts, from + 1), part(parts, from + 2));
    }

    private static int part(String[] parts, int index) {
        return index < parts.length ? Math.min(255, number(parts[index])) : 0;
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    }
}
