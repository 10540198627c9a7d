package touchstone.cli;

import com.google.gson.JsonObject;

/**
 * One line of the doctor's report.
 *
 * @param topic what was looked at, one word
 * @param text what was found
 * @param advice what to do about it; empty when there is nothing to do
 */
record Finding(Level level, String topic, String text, String advice) {
    enum Level {
        /** As it should be. */
        OK,
        /** Worth knowing; things work. */
        NOTE,
        /** Something will not work. */
        FAULT
    }

    static Finding ok(String topic, String text) {
        return new Finding(Level.OK, topic, text, "");
    }

    static Finding note(String topic, String text, String advice) {
        return new Finding(Level.NOTE, topic, text, advice);
    }

    static Finding fault(String topic, String text, String advice) {
        return new Finding(Level.FAULT, topic, text, advice);
    }

    String line() {
        String line = String.format("%-6s%-12s%s", level, topic, text);
        return advice.isEmpty() ? line : line + System.lineSeparator() + " ".repeat(18) + "-> " + advice;
    }

    JsonObject json() {
        var json = new JsonObject();
        json.addProperty("level", level.name());
        json.addProperty("topic", topic);
        json.addProperty("text", text);
        json.addProperty("advice", advice);
        return json;
    }
}
