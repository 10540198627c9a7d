package touchstone.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.kernel.WireClient.content;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import touchstone.kernel.Mutations.Channel;
import touchstone.kernel.Mutations.Shot;

/**
 * A hundred thousand broken messages at a kernel process, which then works as before. {@code -Dtouchstone.fuzz.seed=N}
 * repeats a run, {@code -Dtouchstone.fuzz.messages=N} makes it longer.
 */
class FuzzTest {
    private static final int MESSAGES = Integer.getInteger("touchstone.fuzz.messages", 100_000);
    private static final int BATCH = 1000;
    private static final long MIB = 1 << 20;

    @TempDir
    static Path folder;

    @Test
    void brokenMessagesAreSurvived() throws Exception {
        long seed = Long.getLong("touchstone.fuzz.seed", System.nanoTime());
        var options = Map.of("JDK_JAVA_OPTIONS", "-Xmx256m -Dslf4j.provider=" + LogToStderr.class.getName());
        try (var kernel = new WireClient(folder, options);
                var context = new ZContext(1)) {
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            var sockets = sockets(context, kernel);
            var mutations = new Mutations(random, kernel.info.key());
            try (var raw = new RawTcp(random, ports(kernel))) {
                fire(kernel, sockets, mutations, raw, MESSAGES / 20);
                raw.hangUp();
                long heap = liveHeap(kernel);
                long resident = Proc.residentBytes(kernel.process.pid());
                fire(kernel, sockets, mutations, raw, MESSAGES - MESSAGES / 20);
                assertEquals("2", kernel.execute("1+1").result());
                assertEquals("error", kernel.execute("forged").status(), "a forged cell ran");
                assertComesToRest(kernel.process);
                raw.hangUp();
                long heapGrowth = liveHeap(kernel) - heap;
                long growth = Proc.residentBytes(kernel.process.pid()) - resident;
                assertTrue(heapGrowth < 32 * MIB, "the heap grew by " + heapGrowth / MIB + " MiB");
                assertTrue(growth < 256 * MIB, "the process grew by " + growth / MIB + " MiB");
                for (int i = 0; i < 20; i++) {
                    raw.send();
                }
                kernel.requestOnControl("shutdown_request", content("restart", false));
                assertTrue(kernel.process.waitFor(3, TimeUnit.SECONDS), "the kernel ends, open connections or not");
            }
            String log = Files.readString(folder.resolve("kernel.log"));
            assertTrue(log.contains("wrong signature"), "refused messages are logged");
            assertFalse(log.contains(kernel.info.key()), "the key is in the log");
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static void fire(
            WireClient kernel, Map<Channel, ZMQ.Socket> sockets, Mutations mutations, RawTcp raw, int count)
            throws IOException {
        for (int i = 0; i < count; i++) {
            if (i % 100 == 0) {
                raw.send();
            } else {
                Shot shot = mutations.next();
                WireClient.sendFrames(sockets.get(shot.channel()), shot.frames());
            }
            if (i % BATCH == BATCH - 1) {
                assertWorks(kernel, i);
                sockets.values().forEach(FuzzTest::drain);
            }
        }
    }

    /** Every thread of the kernel that handles requests answers; cells that stand in line are waited for. */
    private static void assertWorks(WireClient kernel, int at) {
        assertTrue(kernel.process.isAlive(), "the kernel died before message " + at);
        var answers = Map.of(
                "shell", kernel.request("kernel_info_request", new JsonObject()),
                "control", kernel.requestOnControl("kernel_info_request", new JsonObject()),
                "history", kernel.request("history_request", content("n", 1)),
                "cells", kernel.execute("1", "store_history", false));
        answers.forEach((what, answer) -> assertTrue(answer.reply() != null, what + " is silent after message " + at));
        kernel.drain(0);
    }

    /** The kernel's threads come to rest: none spins on a connection that went wrong. */
    private static void assertComesToRest(Process process) throws IOException, InterruptedException {
        long used = 1000;
        for (int i = 0; i < 15 && used >= 200; i++) {
            long before = Proc.ownCpuMillis(process.pid());
            Thread.sleep(1000);
            used = Proc.ownCpuMillis(process.pid()) - before;
        }
        assertTrue(used < 200, "nothing to do for 15 s, and its threads still use " + used + " ms of CPU in a second");
    }

    /** What lives on the heap, in bytes, after a collection. */
    private static long liveHeap(WireClient kernel) {
        return Long.parseLong(kernel.execute("System.gc(); System.gc();\n"
                        + "String.valueOf(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory())")
                .result());
    }

    private static int[] ports(WireClient kernel) {
        return new int[] {
            kernel.info.shellPort(),
            kernel.info.controlPort(),
            kernel.info.stdinPort(),
            kernel.info.iopubPort(),
            kernel.info.hbPort()
        };
    }

    private static Map<Channel, ZMQ.Socket> sockets(ZContext context, WireClient kernel) {
        var sockets = new EnumMap<Channel, ZMQ.Socket>(Channel.class);
        sockets.put(Channel.SHELL, dealer(context, kernel.info.endpoint(kernel.info.shellPort())));
        sockets.put(Channel.CONTROL, dealer(context, kernel.info.endpoint(kernel.info.controlPort())));
        sockets.put(Channel.STDIN, dealer(context, kernel.info.endpoint(kernel.info.stdinPort())));
        return sockets;
    }

    private static ZMQ.Socket dealer(ZContext context, String endpoint) {
        ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
        socket.setLinger(0);
        socket.setHWM(0);
        socket.connect(endpoint);
        return socket;
    }

    private static void drain(ZMQ.Socket socket) {
        while (socket.recv(ZMQ.DONTWAIT) != null) {
            // a reply to a broken message: of no interest
        }
    }
}
