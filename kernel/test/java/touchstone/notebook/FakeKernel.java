package touchstone.notebook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import touchstone.kernel.protocol.Codec;
import touchstone.kernel.protocol.ConnectionInfo;
import touchstone.kernel.protocol.Message;

/**
 * A kernel for tests that does what a cell says, one order a line: {@code stream NAME TEXT}, {@code result TEXT},
 * {@code display ID TEXT}, {@code update ID TEXT}, {@code clear [wait]}, {@code error NAME TEXT}, {@code claim VERDICT},
 * {@code flood LENGTH}, {@code sleep MS} (heeds an interrupt), {@code hang} (does not), {@code exit CODE}, {@code late TEXT} (output of the
 * first cell, sent now). Other lines do nothing.
 */
public final class FakeKernel {
    private final Codec codec;
    private final ConnectionInfo connection;
    private final String session = "fake";
    private int count;
    private JsonObject first = new JsonObject();
    private boolean failed;

    private FakeKernel(ConnectionInfo connection) {
        this.connection = connection;
        codec = new Codec(connection.key());
    }

    public static void main(String[] args) throws Exception {
        if (System.getProperty("fault") != null) {
            System.err.println(System.getProperty("fault"));
            System.exit(7);
        }
        long parent = Long.parseLong(System.getenv().getOrDefault("JPY_PARENT_PID", "0"));
        ProcessHandle.of(parent).ifPresent(runner -> {
            var watcher = new Thread(() -> {
                runner.onExit().join();
                Runtime.getRuntime().halt(0);
            });
            watcher.setDaemon(true);
            watcher.start();
        });
        new FakeKernel(ConnectionInfo.read(Path.of(args[0]))).serve();
    }

    private void serve() throws Exception {
        try (var context = new ZContext();
                ZMQ.Poller poller = context.createPoller(2)) {
            ZMQ.Socket iopub = bind(context, SocketType.PUB, connection.iopubPort());
            ZMQ.Socket shell = bind(context, SocketType.ROUTER, connection.shellPort());
            ZMQ.Socket control = bind(context, SocketType.ROUTER, connection.controlPort());
            bind(context, SocketType.ROUTER, connection.stdinPort());
            poller.register(control, ZMQ.Poller.POLLIN);
            poller.register(shell, ZMQ.Poller.POLLIN);
            boolean open = true;
            while (open) {
                poller.poll(-1);
                if (poller.pollin(0)) {
                    open = !receive(control).type().equals("shutdown_request");
                } else if (poller.pollin(1)) {
                    request(receive(shell), shell, iopub, control);
                }
            }
        }
    }

    private ZMQ.Socket bind(ZContext context, SocketType type, int port) {
        ZMQ.Socket socket = context.createSocket(type);
        socket.bind(connection.endpoint(port));
        return socket;
    }

    private Message receive(ZMQ.Socket socket) throws Exception {
        var frames = new ArrayList<byte[]>();
        do {
            frames.add(socket.recv());
        } while (socket.hasReceiveMore());
        return codec.decode(frames);
    }

    private void request(Message request, ZMQ.Socket shell, ZMQ.Socket iopub, ZMQ.Socket control) throws Exception {
        publish(iopub, "status", json("{'execution_state':'busy'}"), request.header());
        JsonObject content = json("{'status':'ok','language_info':{'name':'java','version':'17'}}");
        String type = "kernel_info_reply";
        boolean silent = content(request, "silent");
        if (silent) {
            type = "execute_reply";
            String greeting = System.getProperty("greeting", "");
            if (!greeting.isEmpty()) {
                publish(iopub, "stream", stream("stdout", greeting), request.header());
            }
        } else if (request.type().equals("execute_request")) {
            type = "execute_reply";
            content = execute(request, iopub, control);
        }
        send(shell, Message.of(type, content, request.header(), session).withIdentities(request.identities()));
        publish(iopub, "status", json("{'execution_state':'idle'}"), request.header());
    }

    private static boolean content(Message request, String flag) {
        return request.content().has(flag) && request.content().get(flag).getAsBoolean();
    }

    private JsonObject execute(Message request, ZMQ.Socket iopub, ZMQ.Socket control) throws Exception {
        count++;
        first = count == 1 ? request.header() : first;
        failed = false;
        JsonObject reply = json("{'status':'ok','execution_count':" + count + "}");
        for (String line : request.content().get("code").getAsString().split("\n", -1)) {
            String[] words = line.split(" ", 3);
            String rest = words.length > 1 ? line.substring(words[0].length() + 1) : "";
            String name = words.length > 1 ? words[1] : "";
            String text = words.length > 2 ? words[2] : "";
            JsonObject error = order(words[0], rest, name, text, request.header(), iopub, control);
            if (failed) {
                reply = error;
                reply.addProperty("status", "error");
                break;
            }
        }
        return reply;
    }

    private JsonObject order(
            String verb, String rest, String name, String text, JsonObject parent, ZMQ.Socket iopub, ZMQ.Socket control)
            throws Exception {
        switch (verb) {
            case "stream" -> publish(iopub, "stream", stream(name, text + "\n"), parent);
            case "flood" -> publish(iopub, "stream", stream("stdout", "x".repeat(Integer.parseInt(name))), parent);
            case "late" -> publish(iopub, "stream", stream("stdout", rest + "\n"), first);
            case "result" -> {
                JsonObject content = bundle("text/plain", rest, "");
                content.addProperty("execution_count", count);
                publish(iopub, "execute_result", content, parent);
            }
            case "display" -> publish(iopub, "display_data", bundle("text/plain", text, name), parent);
            case "update" -> publish(iopub, "update_display_data", bundle("text/plain", text, name), parent);
            case "html" -> publish(iopub, "display_data", bundle("text/html", rest, ""), parent);
            case "clear" -> publish(iopub, "clear_output", json("{'wait':" + name.equals("wait") + "}"), parent);
            case "claim" -> publish(iopub, "display_data", claims(rest), parent);
            case "error" -> {
                return error(iopub, name, text, parent);
            }
            case "sleep" -> {
                control.setReceiveTimeOut(Integer.parseInt(name));
                if (control.recv(0) != null) {
                    return error(iopub, "Interrupted", "by request", parent);
                }
            }
            case "hang" -> Thread.sleep(60_000);
            case "exit" -> {
                System.err.println("last words of the fake kernel");
                Runtime.getRuntime().halt(Integer.parseInt(name));
            }
            default -> {}
        }
        return new JsonObject();
    }

    private JsonObject error(ZMQ.Socket iopub, String name, String text, JsonObject parent) {
        JsonObject content = new JsonObject();
        content.addProperty("ename", name);
        content.addProperty("evalue", text);
        var traceback = new JsonArray();
        traceback.add(name + ": " + text);
        content.add("traceback", traceback);
        publish(iopub, "error", content, parent);
        failed = true;
        return content.deepCopy();
    }

    private static JsonObject stream(String name, String text) {
        var content = new JsonObject();
        content.addProperty("name", name);
        content.addProperty("text", text);
        return content;
    }

    private static JsonObject bundle(String mime, String text, String id) {
        JsonObject content = json("{'data':{},'metadata':{},'transient':{}}");
        content.getAsJsonObject("data").addProperty(mime, text);
        if (!id.isEmpty()) {
            content.getAsJsonObject("transient").addProperty("display_id", id);
        }
        return content;
    }

    private static JsonObject claims(String verdict) {
        JsonObject content = bundle("text/plain", "claims", "");
        JsonElement table = json(
                "{'paper':'palm','claims':[{'id':'c1','statement':'two beat one','condition':'> 0',"
                        + "'measured':0.5,'interval':[0.4,0.6],'level':0.95,'samples':5,'method':'bootstrap'}],'provenance':{}}");
        table.getAsJsonObject()
                .getAsJsonArray("claims")
                .get(0)
                .getAsJsonObject()
                .addProperty("verdict", verdict);
        content.getAsJsonObject("data").add("application/vnd.touchstone.claims+json", table);
        return content;
    }

    private static JsonObject json(String text) {
        return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
    }

    private void publish(ZMQ.Socket iopub, String type, JsonObject content, JsonObject parent) {
        send(iopub, Message.of(type, content, parent, session).withIdentities(List.of(type.getBytes(UTF_8))));
    }

    private void send(ZMQ.Socket socket, Message message) {
        List<byte[]> frames = codec.encode(message);
        for (int i = 0; i < frames.size(); i++) {
            socket.send(frames.get(i), i + 1 < frames.size() ? ZMQ.SNDMORE : 0);
        }
    }
}
