package touchstone.kernel.protocol;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;

/**
 * The kernel's five sockets, each with a thread of its own: shell, control, stdin, IOPub and heartbeat. A control
 * request is therefore answered while shell is busy, and a heartbeat always. Sending is safe from any thread.
 */
public final class Channels implements AutoCloseable {
    /** What the kernel does with requests. Called on the channel's thread, so it must not block for long. */
    public interface Handlers {
        void onShell(Message message);

        void onControl(Message message);

        void onStdin(Message message);
    }

    private final ZContext context = new ZContext(1);
    private final Codec codec;
    private final String session = UUID.randomUUID().toString();
    private final Loop shell;
    private final Loop control;
    private final Loop stdin;
    private final Loop iopub;
    private final Loop heartbeat;
    private final Replays replays = new Replays();

    /** Binds all sockets; nothing is received before {@link #start}. */
    public Channels(ConnectionInfo at, Handlers handlers) {
        codec = new Codec(at.key());
        context.setLinger(1000);
        heartbeat = loop(at, SocketType.ROUTER, at.hbPort(), "heartbeat", this::echo);
        shell = loop(at, SocketType.ROUTER, at.shellPort(), "shell", requests(handlers::onShell));
        control = loop(at, SocketType.ROUTER, at.controlPort(), "control", requests(handlers::onControl));
        stdin = loop(at, SocketType.ROUTER, at.stdinPort(), "stdin", requests(handlers::onStdin));
        iopub = loop(at, SocketType.XPUB, at.iopubPort(), "iopub", this::welcome);
    }

    /** Starts to receive. */
    public void start() {
        for (Loop loop : List.of(iopub, stdin, heartbeat, control, shell)) {
            loop.start();
        }
    }

    /** This kernel's session id, as it stands in the headers it sends. */
    public String session() {
        return session;
    }

    /** Answers a shell request; the reply takes the way the request came. */
    public void reply(Message request, String type, JsonObject content) {
        shell.send(encodeReply(request, type, content));
    }

    /** Answers a control request. */
    public void replyOnControl(Message request, String type, JsonObject content) {
        control.send(encodeReply(request, type, content));
    }

    /** Asks the front end that sent {@code parent}, on stdin. */
    public void askOnStdin(Message parent, String type, JsonObject content) {
        stdin.send(encodeReply(parent, type, content));
    }

    /** Publishes to all front ends, under the header of the request it belongs to (an empty object for none). */
    public void publish(String type, JsonObject content, JsonObject metadata, JsonObject parent, List<byte[]> buffers) {
        iopub.send(encodePublished(type, content, metadata, parent, buffers));
    }

    /** Publishes what another message follows at once. */
    public void publishWithNext(String type, JsonObject content, JsonObject parent) {
        iopub.sendWithNext(encodePublished(type, content, new JsonObject(), parent, List.of()));
    }

    private List<byte[]> encodePublished(
            String type, JsonObject content, JsonObject metadata, JsonObject parent, List<byte[]> buffers) {
        String topic = "kernel." + session + "." + type;
        return codec.encode(new Message(
                List.of(topic.getBytes(StandardCharsets.UTF_8)),
                Message.header(type, session),
                parent,
                metadata,
                content,
                buffers));
    }

    /** Sends what is queued and closes the sockets. */
    @Override
    public void close() {
        for (Loop loop : List.of(shell, control, stdin, iopub, heartbeat)) {
            loop.close();
        }
        context.close();
    }

    private Loop loop(ConnectionInfo at, SocketType type, int port, String name, Loop.Handler handler) {
        return at.transport().equals("ipc")
                ? new UnixLoop(type == SocketType.XPUB, at.socketFile(port), name, handler)
                : new SocketLoop(context, type, at.endpoint(port), name, handler);
    }

    private Loop.Handler requests(Consumer<Message> handler) {
        return frames -> {
            Message message = codec.decode(frames);
            if (replays.isReplay(Codec.signature(frames))) {
                throw new BadMessageException("replayed " + message.type());
            }
            handler.accept(message);
        };
    }

    private List<byte[]> encodeReply(Message request, String type, JsonObject content) {
        Message reply = Message.of(type, content, request.header(), session).withIdentities(request.identities());
        return codec.encode(reply);
    }

    private void echo(List<byte[]> frames) {
        heartbeat.send(frames);
    }

    /** A subscription arrived: tell the subscriber so (JEP 65), so that it can know when it misses nothing more. */
    private void welcome(List<byte[]> frames) {
        byte[] first = frames.get(0);
        if (first.length == 0 || first[0] != 1) {
            return;
        }
        var topic = new byte[first.length - 1];
        System.arraycopy(first, 1, topic, 0, topic.length);
        var content = new JsonObject();
        content.addProperty("subscription", new String(topic, StandardCharsets.UTF_8));
        var identities = new ArrayList<byte[]>();
        identities.add(topic);
        iopub.send(codec.encode(
                Message.of("iopub_welcome", content, new JsonObject(), session).withIdentities(identities)));
    }
}
