package touchstone.kernel;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import touchstone.kernel.protocol.Codec;
import touchstone.kernel.protocol.ConnectionInfo;
import touchstone.kernel.protocol.Message;

/**
 * Does once what every session does first, so that the classes it needs are loaded when the JVM writes them to an
 * archive ({@code -XX:ArchiveClassesAtExit}).
 */
final class WarmUp {
    private static final List<String> CELLS = List.of(
            "1+1",
            "int x = 3;\nSystem.out.println(\"x = \" + x);",
            "class Warm { int f(int y) { return x + y; } }\nnew Warm().f(2)",
            "record Pair(String a, int b) {}\nList.of(new Pair(\"p\", 1), new Pair(\"q\", 2)).stream().map(Pair::a).toList()",
            "for (int i = 0; i < 3; i++) System.out.printf(\"%d%n\", i);",
            "import java.util.concurrent.atomic.*;",
            "display(\"<b>x</b>\", \"text/html\");",
            "int y = 1 / (x - x);");

    private final Codec codec;
    private final ZMQ.Socket shell;

    private WarmUp(Codec codec, ZMQ.Socket shell) {
        this.codec = codec;
        this.shell = shell;
    }

    /** Runs a kernel in this JVM, talks to it, and leaves. */
    static void run() throws IOException {
        int[] ports = freePorts(5);
        var info = new ConnectionInfo(
                "tcp",
                "127.0.0.1",
                ports[0],
                ports[1],
                ports[2],
                ports[3],
                ports[4],
                UUID.randomUUID().toString(),
                "hmac-sha256");
        new Kernel(info);
        try (var context = new ZContext(1)) {
            ZMQ.Socket iopub = context.createSocket(SocketType.SUB);
            iopub.subscribe(new byte[0]);
            iopub.connect(info.endpoint(info.iopubPort()));
            ZMQ.Socket shell = context.createSocket(SocketType.DEALER);
            shell.setReceiveTimeOut(60_000);
            shell.connect(info.endpoint(info.shellPort()));
            new WarmUp(new Codec(info.key()), shell).talk();
        }
    }

    private void talk() {
        ask("kernel_info_request", new JsonObject());
        for (String cell : CELLS) {
            var content = new JsonObject();
            content.addProperty("code", cell);
            ask("execute_request", content);
        }
        var at = new JsonObject();
        at.addProperty("code", "System.out.pr");
        at.addProperty("cursor_pos", 13);
        ask("complete_request", at);
        ask("inspect_request", at);
        var documented = new JsonObject();
        documented.addProperty("code", "display(1)");
        documented.addProperty("cursor_pos", 3);
        ask("inspect_request", documented);
        ask("is_complete_request", at);
    }

    private void ask(String type, JsonObject content) {
        List<byte[]> frames = codec.encode(Message.of(type, content, new JsonObject(), "warm-up"));
        for (int i = 0; i < frames.size(); i++) {
            shell.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
        }
        do {
            shell.recv();
        } while (shell.hasReceiveMore());
    }

    private static int[] freePorts(int n) throws IOException {
        var sockets = new ArrayList<ServerSocket>();
        var ports = new int[n];
        try {
            for (int i = 0; i < n; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
                ports[i] = sockets.get(i).getLocalPort();
            }
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
        return ports;
    }
}
