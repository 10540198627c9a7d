package touchstone.kernel;

import touchstone.kernel.display.HtmlText;

/** How a progress bar looks, as text and as HTML that fits light and dark notebooks. */
final class ProgressLook {
    private static final int WIDTH = 20;

    private ProgressLook() {}

    /** One line, such as {@code epochs  37 % |███████             | 37/100, 1.20 s, 2.04 s left, 30.8/s}. */
    static String text(Progress bar) {
        String message = bar.message().isEmpty() ? "" : bar.message() + " ";
        if (bar.total() < 0) {
            return message + facts(bar);
        }
        int full = (int) (WIDTH * share(bar));
        return message + percent(bar) + " |" + "█".repeat(full) + " ".repeat(WIDTH - full) + "| " + facts(bar);
    }

    static String html(Progress bar) {
        String colour = bar.state() == Progress.State.STOPPED ? "#c05000" : "#0a8f6c";
        boolean unknown = bar.total() < 0 && bar.state() == Progress.State.RUNNING;
        String value = unknown ? "" : " value=\"" + (bar.total() < 0 ? 1 : share(bar)) + "\" max=\"1\"";
        String label = bar.total() < 0 ? "" : percent(bar);
        return "<div style=\"display:flex;align-items:center;gap:0.7em;margin:0.15em 0;color:inherit;"
                + "font-variant-numeric:tabular-nums\">"
                + (bar.message().isEmpty() ? "" : "<span>" + HtmlText.escape(bar.message()) + "</span>")
                + "<progress" + value + " style=\"width:16em;height:0.9em;accent-color:" + colour + "\">" + label
                + "</progress><span>" + HtmlText.escape(facts(bar)) + "</span></div>";
    }

    private static double share(Progress bar) {
        return bar.total() <= 0 ? 1 : Math.min(1, (double) bar.done() / bar.total());
    }

    private static String percent(Progress bar) {
        return String.format(java.util.Locale.ROOT, "%3d %%", (int) (100 * share(bar)));
    }

    /** Count, time and rate: what remains while it runs, how it ended afterwards. */
    private static String facts(Progress bar) {
        double seconds = bar.seconds();
        long done = bar.done();
        var facts = new StringBuilder(bar.state() == Progress.State.STOPPED ? "stopped at " : "");
        facts.append(done).append(bar.total() < 0 ? "" : "/" + bar.total());
        facts.append(", ").append(Durations.text(seconds));
        if (done > 0 && seconds > 0) {
            double rate = done / seconds;
            if (bar.state() == Progress.State.RUNNING && bar.total() > done) {
                facts.append(", ")
                        .append(Durations.text((bar.total() - done) / rate))
                        .append(" left");
            }
            facts.append(", ");
            facts.append(rate >= 1 ? Durations.digits(rate) + "/s" : Durations.text(1 / rate) + " each");
        }
        return facts.toString();
    }
}
