package touchstone.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a kernel may take of the machine. It is killed when it takes more; looked at ten times a second, and only where
 * the system tells in {@code /proc}.
 *
 * @param threads most threads, those of processes that it starts among them
 * @param processes most processes, itself and what it is started through among them
 * @param megabytes most memory in use, of all of them together
 */
public record KernelLimits(long threads, int processes, long megabytes) {
    /** No limits. */
    public static final KernelLimits NONE = new KernelLimits(Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

    private static final long PERIOD_MS = 100;

    private record Usage(long threads, long kilobytes) {}

    /** Watches a process until it ends, or kills it; is told why, in words that follow "the kernel". */
    void watch(Process process, Consumer<String> told) {
        if (equals(NONE) || !Files.exists(Path.of("/proc/self/status"))) {
            return;
        }
        var thread = new Thread(() -> look(process, told), "touchstone-kernel-limits");
        thread.setDaemon(true);
        thread.start();
    }

    private void look(Process process, Consumer<String> told) {
        try {
            while (process.isAlive()) {
                String fault = fault(process);
                if (!fault.isEmpty()) {
                    told.accept(fault + " and was ended");
                    List<ProcessHandle> all = process.descendants().toList();
                    process.destroyForcibly();
                    all.forEach(ProcessHandle::destroyForcibly);
                }
                Thread.sleep(PERIOD_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String fault(Process process) {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .limit(processes + 1L)
                .toList();
        if (all.size() > processes) {
            return "had more than " + processes + " processes";
        }
        long running = 0;
        long kilobytes = 0;
        for (ProcessHandle each : all) {
            Usage usage = usage(each.pid());
            running += usage.threads;
            kilobytes += usage.kilobytes;
        }
        if (running > threads) {
            return "had more than " + threads + " threads";
        }
        return kilobytes / 1024 > megabytes ? "took more than " + megabytes + " MB of memory" : "";
    }

    private static Usage usage(long pid) {
        long threads = 0;
        long kilobytes = 0;
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("Threads:")) {
                    threads = number(line);
                } else if (line.startsWith("VmRSS:")) {
                    kilobytes = number(line);
                }
            }
        } catch (IOException e) {
            return new Usage(0, 0); // it has ended meanwhile
        }
        return new Usage(threads, kilobytes);
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }
}
