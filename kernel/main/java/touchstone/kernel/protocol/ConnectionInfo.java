package touchstone.kernel.protocol;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/**
 * What a connection file says: where the five sockets are and how messages are signed.
 *
 * @param transport {@code tcp} or {@code ipc}
 * @param ip address to bind (tcp), or the path prefix of the socket files (ipc)
 * @param key the HMAC key; empty means unsigned messages
 */
public record ConnectionInfo(
        String transport,
        String ip,
        int shellPort,
        int iopubPort,
        int stdinPort,
        int controlPort,
        int hbPort,
        String key,
        String signatureScheme) {

    public ConnectionInfo {
        if (!transport.equals("tcp") && !transport.equals("ipc")) {
            throw new IllegalArgumentException("transport must be tcp or ipc, was " + transport);
        }
        if (!key.isEmpty() && !signatureScheme.equals("hmac-sha256")) {
            throw new IllegalArgumentException("signature_scheme must be hmac-sha256, was " + signatureScheme);
        }
    }

    /** Reads a connection file; the message of a failure names the file and never its key. */
    public static ConnectionInfo read(Path file) throws IOException {
        JsonObject json;
        try {
            json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("connection file " + file + " is not a JSON object", e);
        }
        try {
            return new ConnectionInfo(
                    text(json, "transport", "tcp"),
                    text(json, "ip", "127.0.0.1"),
                    json.get("shell_port").getAsInt(),
                    json.get("iopub_port").getAsInt(),
                    json.get("stdin_port").getAsInt(),
                    json.get("control_port").getAsInt(),
                    json.get("hb_port").getAsInt(),
                    text(json, "key", ""),
                    text(json, "signature_scheme", "hmac-sha256"));
        } catch (NullPointerException | UnsupportedOperationException | NumberFormatException e) {
            throw new IOException("connection file " + file + " lacks a port or holds one that is no number", e);
        } catch (IllegalArgumentException e) {
            throw new IOException("connection file " + file + ": " + e.getMessage(), e);
        }
    }

    /** Whether users other than its owner may read a file; false where the file system does not say. */
    public static boolean othersCanRead(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        var allowed = Files.getPosixFilePermissions(file);
        return allowed.contains(PosixFilePermission.GROUP_READ) || allowed.contains(PosixFilePermission.OTHERS_READ);
    }

    private static String text(JsonObject json, String name, String fallback) {
        JsonElement value = json.get(name);
        return value == null || value.isJsonNull() ? fallback : value.getAsString();
    }

    /** The connection file's text. */
    public String toJson() {
        var json = new JsonObject();
        json.addProperty("transport", transport);
        json.addProperty("ip", ip);
        json.addProperty("shell_port", shellPort);
        json.addProperty("iopub_port", iopubPort);
        json.addProperty("stdin_port", stdinPort);
        json.addProperty("control_port", controlPort);
        json.addProperty("hb_port", hbPort);
        json.addProperty("key", key);
        json.addProperty("signature_scheme", signatureScheme);
        json.addProperty("kernel_name", "java");
        return new Gson().toJson(json);
    }

    /** The ZeroMQ end point of a port, {@code tcp://ip:port} or {@code ipc://path-port}. */
    public String endpoint(int port) {
        return transport.equals("tcp") ? "tcp://" + ip + ":" + port : "ipc://" + ip + "-" + port;
    }

    /** The file of a port's Unix domain socket, {@code path-port}; for ipc alone. */
    public Path socketFile(int port) {
        return Path.of(ip + "-" + port);
    }

    @Override
    public String toString() {
        return transport + "://" + ip + " shell " + shellPort + ", iopub " + iopubPort + ", stdin " + stdinPort
                + ", control " + controlPort + ", hb " + hbPort;
    }
}
