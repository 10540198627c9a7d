package touchstone.dist;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Jupyter Notebook 6 on loopback, with settings, state and home of its own; nobody can use it without its token. */
record NotebookServer(Process process, String address, String token) implements AutoCloseable {
    /** Serves the notebooks in {@code folder}, and {@code pages} below /static; waits until it answers. */
    static NotebookServer start(Path folder, Path pages, Path home, Tool notebook, Map<String, String> environment)
            throws IOException, InterruptedException {
        String token = UUID.randomUUID().toString();
        int port = freePort();
        var builder = new ProcessBuilder(notebook.with(
                        "-m",
                        "notebook",
                        "--no-browser",
                        "--allow-root",
                        "--ip=127.0.0.1",
                        "--port=" + port,
                        "--port-retries=0",
                        "--NotebookApp.extra_static_paths=['" + pages + "']",
                        "--notebook-dir=" + folder))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("notebook.log").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(ownFolders(home));
        builder.environment().put("JUPYTER_TOKEN", token);
        var server = new NotebookServer(builder.start(), "http://127.0.0.1:" + port, token);
        server.awaitAnswer(home.resolve("notebook.log"));
        return server;
    }

    private static Map<String, String> ownFolders(Path home) {
        var env = new TreeMap<String, String>();
        env.put("HOME", home.toString());
        env.put("IPYTHONDIR", home.resolve("ipython").toString());
        for (String what : List.of("CONFIG", "DATA", "RUNTIME")) {
            env.put("JUPYTER_" + what + "_DIR", home.resolve("jupyter-" + what).toString());
        }
        return env;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer(Path log) throws IOException, InterruptedException {
        for (int i = 0; i < 300 && process.isAlive(); i++) {
            if (answers()) {
                return;
            }
            Thread.sleep(100);
        }
        close();
        throw new AssertionError("Jupyter Notebook did not start:\n" + Files.readString(log));
    }

    private boolean answers() {
        try {
            var connection = (HttpURLConnection) URI.create(address + "/api/kernelspecs?token=" + token)
                    .toURL()
                    .openConnection();
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        var kernels = process.descendants().toList();
        process.destroy();
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kernels.forEach(ProcessHandle::destroyForcibly);
    }
}
