package touchstone.kernel;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import touchstone.kernel.display.Origin;
import touchstone.kernel.protocol.Channels;
import touchstone.kernel.protocol.Content;
import touchstone.kernel.protocol.Message;

/**
 * Comms: channels between code in the kernel and code in the front end, such as widgets. A library registers a target
 * name; either side opens a comm and both send JSON until one closes it. Handlers run one after the other, on the
 * thread of the cells.
 */
public final class Comms {
    /** One open comm. */
    public final class Comm {
        private final String id;
        private final String target;
        private volatile @Nullable BiConsumer<JsonObject, List<byte[]>> onMessage;
        private volatile @Nullable BiConsumer<JsonObject, List<byte[]>> onClose;

        private Comm(String id, String target) {
            this.id = id;
            this.target = target;
        }

        public String id() {
            return id;
        }

        public String target() {
            return target;
        }

        /** What to do with a message of the front end: its data and buffers. */
        public void onMessage(BiConsumer<JsonObject, List<byte[]>> handler) {
            onMessage = handler;
        }

        /** What to do when the front end closes the comm. */
        public void onClose(BiConsumer<JsonObject, List<byte[]>> handler) {
            onClose = handler;
        }

        /** Sends data, and binary buffers if there are any, to the front end. */
        public void send(JsonObject data, byte[]... buffers) {
            publish("comm_msg", id, data, null, List.of(buffers));
        }

        /** Closes the comm on both sides. */
        public void close(JsonObject data) {
            if (open.remove(id) != null) {
                publish("comm_close", id, data, null, List.of());
            }
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Comms.class);

    private final Channels channels;
    private final Map<String, BiConsumer<Comm, JsonObject>> targets = new ConcurrentHashMap<>();
    private final Map<String, Comm> open = new ConcurrentHashMap<>();

    Comms(Channels channels) {
        this.channels = channels;
    }

    /** Says what to do when a front end opens a comm to {@code target}: the handler gets the comm and the first data. */
    public void register(String target, BiConsumer<Comm, JsonObject> onOpen) {
        targets.put(target, onOpen);
    }

    /** Opens a comm to a target that the front end knows. */
    public Comm open(String target, JsonObject data, byte[]... buffers) {
        var comm = new Comm(UUID.randomUUID().toString(), target);
        open.put(comm.id, comm);
        publish("comm_open", comm.id, data, target, List.of(buffers));
        return comm;
    }

    /** Handles comm_open, comm_msg and comm_close of a front end. */
    void handle(Message message) {
        JsonObject content = message.content();
        String id = Content.text(content, "comm_id");
        JsonObject data = Content.object(content, "data");
        switch (message.type()) {
            case "comm_open" -> onOpen(id, Content.text(content, "target_name"), data);
            case "comm_msg" -> {
                Comm comm = open.get(id);
                call(comm == null ? null : comm.onMessage, data, message.buffers());
            }
            default -> {
                Comm comm = open.remove(id);
                call(comm == null ? null : comm.onClose, data, message.buffers());
            }
        }
    }

    /** The reply to a comm_info_request: the open comms, of one target or all. */
    JsonObject info(JsonObject request) {
        String wanted = Content.text(request, "target_name", "");
        var comms = new JsonObject();
        for (Comm comm : open.values()) {
            if (wanted.isEmpty() || wanted.equals(comm.target)) {
                var about = new JsonObject();
                about.addProperty("target_name", comm.target);
                comms.add(comm.id, about);
            }
        }
        JsonObject reply = Content.ok();
        reply.add("comms", comms);
        return reply;
    }

    private void onOpen(String id, String target, JsonObject data) {
        BiConsumer<Comm, JsonObject> handler = targets.get(target);
        if (handler == null) {
            LOG.info("no comm target {}", target);
            publish("comm_close", id, new JsonObject(), null, List.of());
            return;
        }
        var comm = new Comm(id, target);
        open.put(id, comm);
        handler.accept(comm, data);
    }

    private static void call(
            @Nullable BiConsumer<JsonObject, List<byte[]>> handler, JsonObject data, List<byte[]> buffers) {
        if (handler != null) {
            handler.accept(data, buffers);
        }
    }

    private void publish(String type, String id, JsonObject data, @Nullable String target, List<byte[]> buffers) {
        var content = new JsonObject();
        content.addProperty("comm_id", id);
        content.add("data", data);
        if (target != null) {
            content.addProperty("target_name", target);
        }
        channels.publish(type, content, new JsonObject(), Origin.current().header(), buffers);
    }
}
