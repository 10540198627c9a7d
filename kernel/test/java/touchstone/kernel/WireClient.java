package touchstone.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import touchstone.kernel.protocol.Codec;
import touchstone.kernel.protocol.ConnectionInfo;
import touchstone.kernel.protocol.Message;

/** A kernel as a process of its own, and a client on its sockets. For one thread. */
final class WireClient implements AutoCloseable {
    /** What came back for one request: the reply and what IOPub said under it. */
    record Answer(@Nullable Message reply, List<Message> published) {
        JsonObject content() {
            return java.util.Objects.requireNonNull(reply, "no reply").content();
        }

        String status() {
            JsonElement status = content().get("status");
            return status == null ? "" : status.getAsString();
        }

        List<String> types() {
            return published.stream().map(Message::type).toList();
        }

        String stream(String name) {
            var text = new StringBuilder();
            for (Message each : published) {
                if (each.type().equals("stream")
                        && each.content().get("name").getAsString().equals(name)) {
                    text.append(each.content().get("text").getAsString());
                }
            }
            return text.toString();
        }

        /** The text of the result, or an empty text. */
        String result() {
            for (Message each : published) {
                if (each.type().equals("execute_result")) {
                    return each.content()
                            .getAsJsonObject("data")
                            .get("text/plain")
                            .getAsString();
                }
            }
            return "";
        }
    }

    private static final Gson GSON = new Gson();
    static final String KEY = "9f4c2ab0-key-of-the-tests-6d1e";

    final String session = UUID.randomUUID().toString();
    final Codec codec;
    final Process process;
    final ZMQ.Socket shell;
    final ZMQ.Socket control;
    final ZMQ.Socket stdin;
    final ZMQ.Socket iopub;
    final ConnectionInfo info;
    private final ZContext context = new ZContext(1);
    private final ZMQ.Poller poller;
    private final List<Message> others = new ArrayList<>();
    private String typed = "";

    WireClient(Path folder, Map<String, String> environment) throws IOException {
        int[] ports = freePorts(5);
        info = new ConnectionInfo(
                "tcp", "127.0.0.1", ports[0], ports[1], ports[2], ports[3], ports[4], KEY, "hmac-sha256");
        Path file = folder.resolve("connection-" + UUID.randomUUID() + ".json");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, info.toJson());
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.attach.allowAttachSelf=true",
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                System.getProperty("java.class.path"),
                "touchstone.kernel.Main",
                file.toString());
        builder.environment()
                .put("TOUCHSTONE_HISTORY", folder.resolve("history.jsonl").toString());
        builder.environment().putAll(environment);
        process = builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve("kernel.log").toFile())
                .start();
        codec = new Codec(info.key());
        iopub = connect(SocketType.SUB, info.iopubPort());
        iopub.subscribe(new byte[0]);
        shell = connect(SocketType.DEALER, info.shellPort());
        control = connect(SocketType.DEALER, info.controlPort());
        stdin = connect(SocketType.DEALER, info.stdinPort());
        poller = context.createPoller(4);
        for (ZMQ.Socket socket : List.of(iopub, stdin, control, shell)) {
            poller.register(socket, ZMQ.Poller.POLLIN);
        }
        request("kernel_info_request", new JsonObject());
    }

    static JsonObject content(Object... pairs) {
        var content = new JsonObject();
        for (int i = 0; i < pairs.length; i += 2) {
            content.add((String) pairs[i], GSON.toJsonTree(pairs[i + 1]));
        }
        return content;
    }

    Answer execute(String code, Object... more) {
        return await(submit(code, more), "execute_reply", 30_000);
    }

    /** Sends a cell without waiting; returns the message's id. */
    String submit(String code, Object... more) {
        JsonObject content = content("code", code, "allow_stdin", true);
        content(more).entrySet().forEach(each -> content.add(each.getKey(), each.getValue()));
        return send(shell, "execute_request", content);
    }

    /** What the next question on stdin is answered. */
    WireClient typing(String text) {
        typed = text;
        return this;
    }

    Answer request(String type, JsonObject content) {
        return await(send(shell, type, content), type.replace("_request", "_reply"), 20_000);
    }

    Answer requestOnControl(String type, JsonObject content) {
        return await(send(control, type, content), type.replace("_request", "_reply"), 20_000);
    }

    String send(ZMQ.Socket socket, String type, JsonObject content) {
        Message message = Message.of(type, content, new JsonObject(), session);
        sendFrames(socket, codec.encode(message));
        return message.id();
    }

    static void sendFrames(ZMQ.Socket socket, List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
        }
    }

    /** Waits for the reply to a request and the idle status under it. */
    Answer await(String id, String replyType, long millis) {
        long end = System.currentTimeMillis() + millis;
        Message reply = null;
        boolean idle = false;
        var published = new ArrayList<Message>();
        List<Message> inbox = new ArrayList<>(others);
        others.clear();
        while ((reply == null || !idle) && System.currentTimeMillis() < end) {
            Message message = inbox.isEmpty() ? receive(end - System.currentTimeMillis()) : inbox.remove(0);
            if (message == null) {
                continue;
            }
            if (message.type().equals("input_request")) {
                var answer = Message.of("input_reply", content("value", typed), message.header(), session);
                sendFrames(stdin, codec.encode(answer));
            } else if (!message.parentId().equals(id)) {
                others.add(message);
            } else if (message.type().equals(replyType)) {
                reply = message;
            } else {
                published.add(message);
                idle |= message.type().equals("status")
                        && message.content()
                                .get("execution_state")
                                .getAsString()
                                .equals("idle");
            }
        }
        others.addAll(inbox);
        return new Answer(reply, published);
    }

    /** Every message that arrives within a time, and those that were put aside before. */
    List<Message> drain(long millis) {
        long end = System.currentTimeMillis() + millis;
        var all = new ArrayList<>(others);
        others.clear();
        while (System.currentTimeMillis() < end) {
            Message message = receive(end - System.currentTimeMillis());
            if (message != null) {
                all.add(message);
            }
        }
        return all;
    }

    static JsonArray array(JsonObject content, String name) {
        return content.getAsJsonArray(name);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        context.close();
    }

    private @Nullable Message receive(long millis) {
        poller.poll(Math.max(1, millis));
        for (int i = 0; i < 4; i++) {
            if (poller.pollin(i)) {
                try {
                    return codec.decode(frames(poller.getSocket(i)));
                } catch (touchstone.kernel.protocol.BadMessageException e) {
                    throw new AssertionError("the kernel sent a bad message", e);
                }
            }
        }
        return null;
    }

    /** The frames of the next message; one that is null where none came in time. */
    static List<byte[]> frames(ZMQ.Socket socket) {
        var frames = new ArrayList<byte[]>();
        do {
            frames.add(socket.recv());
        } while (socket.hasReceiveMore());
        return frames;
    }

    private ZMQ.Socket connect(SocketType type, int port) {
        ZMQ.Socket socket = context.createSocket(type);
        socket.setLinger(0);
        socket.setHWM(0);
        socket.setReconnectIVL(5);
        if (type == SocketType.DEALER) {
            socket.setIdentity(session.getBytes(StandardCharsets.UTF_8));
        }
        socket.connect(info.endpoint(port));
        return socket;
    }

    private static int[] freePorts(int n) throws IOException {
        var sockets = new ArrayList<ServerSocket>();
        var ports = new int[n];
        for (int i = 0; i < n; i++) {
            var socket = new ServerSocket(0);
            sockets.add(socket);
            ports[i] = socket.getLocalPort();
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }
}
