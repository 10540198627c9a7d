package touchstone.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import touchstone.kernel.magic.MagicParser;
import touchstone.kernel.protocol.Channels;
import touchstone.kernel.protocol.Content;
import touchstone.kernel.protocol.Message;

/**
 * Answers requests. Cells queue behind each other; completion, inspection and history have a thread of their own and
 * answer while a cell runs; kernel_info is answered on the channel's thread, before Java is up.
 */
final class Requests implements Channels.Handlers {
    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

    private final Kernel kernel;
    private final ExecutorService assistant = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "touchstone-assistant");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Channels channels;
    private @Nullable Subshells shells;

    Requests(Kernel kernel) {
        this.kernel = kernel;
    }

    void attach(Channels toChannels, Subshells toShells) {
        channels = toChannels;
        shells = toShells;
    }

    @Override
    public void onShell(Message message) {
        switch (message.type()) {
            case "execute_request", "comm_open", "comm_msg", "comm_close" -> submit(message);
            case "kernel_info_request" -> answer(message, content -> KernelInfo.reply());
            case "complete_request" -> assistant.execute(() -> answer(message, this::complete));
            case "inspect_request" -> assistant.execute(() -> answer(message, this::inspect));
            case "is_complete_request" -> assistant.execute(() -> answer(message, this::isComplete));
            case "history_request" -> assistant.execute(() -> answer(message, kernel.history()::answer));
            case "comm_info_request" -> answer(message, kernel.comms()::info);
            case "shutdown_request" -> answer(message, this::shutDown);
            default -> unknown(message);
        }
    }

    @Override
    public void onControl(Message message) {
        switch (message.type()) {
            case "interrupt_request" ->
                answerOnControl(message, content -> {
                    kernel.interrupt();
                    return Content.ok();
                });
            case "shutdown_request" -> answerOnControl(message, this::shutDown);
            case "kernel_info_request" -> answerOnControl(message, content -> KernelInfo.reply());
            case "create_subshell_request" -> answerOnControl(message, requireNonNull(shells)::create);
            case "delete_subshell_request" -> answerOnControl(message, requireNonNull(shells)::delete);
            case "list_subshell_request" -> answerOnControl(message, requireNonNull(shells)::list);
            case "debug_request" -> answerOnControl(message, Requests::debug);
            default -> unknown(message);
        }
    }

    @Override
    public void onStdin(Message message) {
        if (message.type().equals("input_reply")) {
            kernel.stdin().onReply(message);
        }
    }

    private JsonObject complete(JsonObject content) {
        String code = Content.text(content, "code");
        int cursor = chars(code, Content.number(content, "cursor_pos", code.length()));
        return CompleteReply.of(kernel, code, cursor);
    }

    private JsonObject inspect(JsonObject content) {
        String code = Content.text(content, "code");
        int cursor = chars(code, Content.number(content, "cursor_pos", code.length()));
        int detail = Content.number(content, "detail_level", 0);
        kernel.cells().provideForCompletion(code.substring(0, cursor));
        return InspectReply.of(kernel.cells().inspector().inspect(code, cursor, true), detail);
    }

    private JsonObject isComplete(JsonObject content) {
        String code = Content.text(content, "code");
        String status = Kernel.isCellMagic(code)
                ? "complete"
                : kernel.cells().engine().completeness(MagicParser.expandLineMagics(code));
        var reply = new JsonObject();
        reply.addProperty("status", status);
        if (status.equals("incomplete")) {
            reply.addProperty("indent", indent(code));
        }
        return reply;
    }

    /** The indentation for the line after {@code code}: as deep as the last line, four more after an opening bracket. */
    private static String indent(String code) {
        String last = code.substring(code.lastIndexOf('\n') + 1);
        String own = last.substring(0, last.length() - last.stripLeading().length());
        String end = last.strip();
        return end.endsWith("{") || end.endsWith("(") || end.endsWith("[") ? own + "    " : own;
    }

    private void submit(Message message) {
        Executions shell = requireNonNull(shells).of(message);
        if (shell == null) {
            answer(message, content -> {
                throw new IllegalArgumentException("there is no such subshell");
            });
        } else {
            shell.submit(message);
        }
    }

    /** There is no debugger: debugInfo says so, every other command fails as the adapter protocol wants it. */
    private static JsonObject debug(JsonObject content) {
        String command = Content.text(content, "command", "");
        var reply = new JsonObject();
        reply.addProperty("type", "response");
        reply.addProperty("request_seq", Content.number(content, "seq", 0));
        reply.addProperty("seq", Content.number(content, "seq", 0));
        reply.addProperty("command", command);
        boolean info = command.equals("debugInfo");
        reply.addProperty("success", info);
        var body = new JsonObject();
        if (info) {
            body.addProperty("isStarted", false);
            body.add("breakpoints", new JsonArray());
            body.add("stoppedThreads", new JsonArray());
        } else {
            reply.addProperty("message", "this kernel has no debugger");
        }
        reply.add("body", body);
        return reply;
    }

    private JsonObject shutDown(JsonObject content) {
        JsonObject reply = Content.ok();
        reply.addProperty("restart", Content.flag(content, "restart", false));
        kernel.interrupt();
        kernel.shutDown();
        return reply;
    }

    private void unknown(Message message) {
        LOG.warn("a {} was ignored: this kernel does not know it", message.type());
    }

    private void answer(Message message, Function<JsonObject, JsonObject> how) {
        kernel.status("busy", message.header());
        requireNonNull(channels).reply(message, replyType(message), tried(message, how));
        kernel.status("idle", message.header());
    }

    private void answerOnControl(Message message, Function<JsonObject, JsonObject> how) {
        kernel.status("busy", message.header());
        requireNonNull(channels).replyOnControl(message, replyType(message), tried(message, how));
        kernel.status("idle", message.header());
    }

    private static JsonObject tried(Message message, Function<JsonObject, JsonObject> how) {
        try {
            return how.apply(message.content());
        } catch (IllegalArgumentException e) {
            return Content.error("BadRequest", message.type() + ": " + e.getMessage(), List.of());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.error("could not answer a {}", message.type(), e);
            return Content.error(e.getClass().getName(), String.valueOf(e.getMessage()), List.of());
        }
    }

    private static String replyType(Message message) {
        return message.type().replaceFirst("_request$", "_reply");
    }

    /** An index in characters for one in code points, held inside the text. */
    private static int chars(String code, int codePoints) {
        int count = code.codePointCount(0, code.length());
        return code.offsetByCodePoints(0, Math.max(0, Math.min(codePoints, count)));
    }

    private static <T> T requireNonNull(@Nullable T value) {
        return java.util.Objects.requireNonNull(value, "attach comes before the first message");
    }
}
