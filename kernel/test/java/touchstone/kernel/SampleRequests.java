package touchstone.kernel;

import static touchstone.kernel.WireClient.content;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import touchstone.kernel.Mutations.Channel;

/** Sound requests of every type, and values that a field of theirs must not have. */
final class SampleRequests {
    record Sample(String type, JsonObject content) {}

    /** What a forged cell would do; a test looks for it afterwards. */
    static final String FORGED = "int forged = 1;";

    private static final List<String> CODES = List.of(
            "",
            "1",
            "int x = 1;",
            "/*",
            "\"",
            "((((",
            "}",
            "@@",
            "\u0000",
            "\ud800",
            "\ud83d\ude00",
            "%",
            "%%",
            "%no_magic",
            "%%no_magic x",
            "System.out.print(1)",
            "x.",
            "import ",
            "// \\u000a",
            "\"\"\"",
            "'",
            "[".repeat(300));

    private final RandomGenerator random;

    SampleRequests(RandomGenerator random) {
        this.random = random;
    }

    /** A request that may well end the kernel or run code: for messages that must be refused. */
    Sample any(Channel channel) {
        return switch (random.nextInt(4)) {
            case 0 -> new Sample("shutdown_request", content("restart", false));
            case 1 -> new Sample("interrupt_request", new JsonObject());
            case 2 -> new Sample("execute_request", content("code", FORGED, "silent", false));
            default -> harmless(channel);
        };
    }

    /** A request that does no harm when the kernel carries it out. */
    Sample harmless(Channel channel) {
        return switch (channel) {
            case SHELL -> onShell();
            case CONTROL -> onControl();
            case STDIN -> new Sample(random.nextInt(8) == 0 ? "no_reply" : "input_reply", content("value", "typed"));
        };
    }

    private Sample onShell() {
        if (random.nextInt(12) == 0) {
            return withCode(CODES.get(random.nextInt(CODES.size()))); // seldom: these take the compiler milliseconds
        }
        return switch (random.nextInt(7)) {
            case 0 -> new Sample("kernel_info_request", new JsonObject());
            case 1 -> new Sample("comm_info_request", content("target_name", "t"));
            case 2 -> new Sample("comm_open", content("comm_id", "c", "target_name", "t", "data", Map.of()));
            case 3 -> new Sample("comm_msg", content("comm_id", "c", "data", Map.of()));
            case 4 -> new Sample("comm_close", content("comm_id", "c", "data", Map.of()));
            case 5 ->
                new Sample(
                        "history_request",
                        content("hist_access_type", "search", "pattern", "*a?b*", "n", 3, "unique", true, "raw", true));
            default ->
                new Sample(
                        "history_request",
                        content("hist_access_type", "range", "session", 0, "start", 1, "stop", 3, "output", false));
        };
    }

    private Sample withCode(String code) {
        return switch (random.nextInt(4)) {
            case 0 -> new Sample("is_complete_request", content("code", code));
            case 1 -> new Sample("complete_request", content("code", code, "cursor_pos", 1));
            case 2 -> new Sample("inspect_request", content("code", code, "cursor_pos", 1, "detail_level", 1));
            default -> {
                JsonObject content = content("code", code, "silent", false, "store_history", false);
                content("user_expressions", Map.of("a", "1"), "allow_stdin", true, "stop_on_error", false)
                        .entrySet()
                        .forEach(each -> content.add(each.getKey(), each.getValue()));
                yield new Sample("execute_request", content);
            }
        };
    }

    private Sample onControl() {
        return switch (random.nextInt(5)) {
            case 0 -> new Sample("kernel_info_request", new JsonObject());
            case 1 -> new Sample("list_subshell_request", new JsonObject());
            case 2 -> new Sample("delete_subshell_request", content("subshell_id", "none"));
            case 3 -> new Sample("debug_request", content("command", "debugInfo", "seq", 1, "arguments", Map.of()));
            default -> new Sample("comm_msg", content("comm_id", "c", "data", Map.of()));
        };
    }

    /** JSON text of a value that is seldom what a field wants. */
    String badValue() {
        return switch (random.nextInt(20)) {
            case 0 -> "null";
            case 1 -> "true";
            case 2 -> "-1";
            case 3 -> "1e308";
            case 4 -> "-1e999";
            case 5 -> "123456789012345678901234567890";
            case 6 -> "2147483648";
            case 7 -> "NaN";
            case 8 -> "\"\"";
            case 9 -> "\"\\ud800\"";
            case 10 -> "\"" + "z".repeat(random.nextInt(20_000)) + "\"";
            case 11 -> "[]";
            case 12 -> "{}";
            case 13 -> "[null,[1,{\"a\":[]}]]";
            case 14 -> "{\"\":{\"\":null}}";
            case 15 -> nested("[", "]");
            case 16 -> nested("{\"a\":", "}");
            case 17 -> "1" + "0".repeat(random.nextInt(5_000));
            case 18 -> "\"\\u0000\\n\\t\"";
            default -> "0.5";
        };
    }

    private String nested(String open, String close) {
        int depth = random.nextInt(20) == 0 ? 100_000 : random.nextInt(2_000);
        return open.repeat(depth) + (open.length() > 1 ? "1" : "") + close.repeat(depth);
    }

    /** A JSON object with one field set to a bad value, left out, doubled, or not in UTF-8. */
    byte[] withBadField(byte[] part) {
        JsonObject json =
                JsonParser.parseString(new String(part, StandardCharsets.UTF_8)).getAsJsonObject();
        var names = List.copyOf(json.keySet());
        String name = names.isEmpty() ? "data" : names.get(random.nextInt(names.size()));
        if (name.equals("msg_type") && random.nextInt(10) > 0) {
            name = "session";
        }
        if (random.nextInt(10) == 0) {
            json.remove(name);
            return json.toString().getBytes(StandardCharsets.UTF_8);
        }
        json.addProperty(name, "@bad@");
        String[] around = json.toString().split("\"@bad@\"", 2);
        boolean broken = random.nextInt(15) == 0;
        String value = broken ? "\"\u00ff\u00c0\"" : badValue();
        return (around[0] + value + around[1]).getBytes(broken ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
}
