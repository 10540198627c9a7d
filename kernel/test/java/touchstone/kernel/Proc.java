package touchstone.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What Linux tells of a process. */
final class Proc {
    private static final String LISTENING = "0A";
    private static final List<String> JVM_THREADS = List.of("C1 Compiler", "C2 Compiler", "GC Thread", "G1 ");
    private static final int MILLIS_PER_TICK = 10;

    private Proc() {}

    /** Memory of a process that lies in RAM, in bytes. */
    static long residentBytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new IOException("no VmRSS of process " + pid);
    }

    /**
     * Processor time that a JVM's threads have used, in milliseconds, without its compilers and collectors: those work on
     * for as long as their queue lasts, whatever the program does.
     */
    static long ownCpuMillis(long pid) throws IOException {
        long ticks = 0;
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads.toList()) {
                ticks += ownTicks(thread.resolve("stat"));
            }
        }
        return ticks * MILLIS_PER_TICK;
    }

    /** User and system time of a thread, in clock ticks; 0 for a thread of the JVM's own and for one that has ended. */
    private static long ownTicks(Path stat) throws IOException {
        String line;
        try {
            line = Files.readString(stat);
        } catch (NoSuchFileException e) {
            return 0;
        }
        String name = line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'));
        if (JVM_THREADS.stream().anyMatch(name::startsWith)) {
            return 0;
        }
        String[] columns = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(columns[11]) + Long.parseLong(columns[12]);
    }

    /** The addresses on which a process waits for TCP connections. */
    static Set<InetSocketAddress> listeners(long pid) throws IOException {
        Set<String> own = socketInodes(pid);
        var found = new HashSet<InetSocketAddress>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns[3].equals(LISTENING) && own.contains(columns[9])) {
                    found.add(address(columns[1]));
                }
            }
        }
        return found;
    }

    private static Set<String> socketInodes(long pid) throws IOException {
        var inodes = new HashSet<String>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path each : descriptors.toList()) {
                String target = Files.exists(each, java.nio.file.LinkOption.NOFOLLOW_LINKS)
                        ? Files.readSymbolicLink(each).toString()
                        : "";
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        }
        return inodes;
    }

    /** An address as the table writes it: words of four bytes, the lowest first, then the port. */
    private static InetSocketAddress address(String hex) throws IOException {
        int colon = hex.indexOf(':');
        byte[] words = HexFormat.of().parseHex(hex.substring(0, colon));
        var bytes = new byte[words.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = words[i - i % 4 + 3 - i % 4];
        }
        return new InetSocketAddress(InetAddress.getByAddress(bytes), Integer.parseInt(hex.substring(colon + 1), 16));
    }
}
