package touchstone.cli;

import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JDK, fonts, memory, disk and variables of this machine. */
record MachineChecks(Host host) {
    private static final long MIB = 1 << 20;
    private static final Set<String> LOGICAL_FONTS =
            Set.of("Dialog", "DialogInput", "Monospaced", "SansSerif", "Serif");

    Finding jdk() {
        String text = Runtime.version() + ", " + host.javaHome() + ", " + System.getProperty("java.vendor");
        for (String module : List.of("jdk.jshell", "jdk.compiler")) {
            if (ModuleFinder.ofSystem().find(module).isEmpty()) {
                return Finding.fault(
                        "jdk",
                        text + ": a JRE without " + module,
                        "install a JDK: sudo apt-get install openjdk-17-jdk-headless (Debian, Ubuntu),"
                                + " sudo dnf install java-17-openjdk-devel (Fedora), brew install openjdk@17 (macOS)");
            }
        }
        return Finding.ok("jdk", text + ", with jdk.jshell and jdk.compiler");
    }

    Finding fonts() {
        try {
            String[] families =
                    GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames();
            long real = Arrays.stream(families)
                    .filter(family -> !LOGICAL_FONTS.contains(family))
                    .count();
            return fonts(real, "");
        } catch (RuntimeException | LinkageError | InternalError e) {
            return fonts(0, " (" + e + ")");
        }
    }

    static Finding fonts(long families, String reason) {
        if (families > 0) {
            return Finding.ok("fonts", families + " font families");
        }
        return Finding.fault(
                "fonts",
                "Java finds no font, so charts cannot be drawn" + reason,
                "sudo apt-get install fontconfig fonts-dejavu-core (Debian, Ubuntu),"
                        + " sudo dnf install fontconfig dejavu-sans-fonts (Fedora)");
    }

    Finding memory() {
        var bean = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return memory(bean.getTotalMemorySize(), cgroupLimit());
    }

    /** @param limit the container's limit in bytes, or empty when there is none */
    Finding memory(long physical, Optional<Long> limit) {
        String text = physical / MIB + " MiB"
                + limit.map(bytes -> ", limited to " + bytes / MIB + " MiB").orElse(", no container limit")
                + "; heap of a kernel at most " + heap(physical, limit);
        long usable = Math.min(physical, limit.orElse(physical));
        if (usable < 900 * MIB) {
            return Finding.fault("memory", text, "notebooks need about 1 GiB; give the container or machine more");
        }
        if (usable < 2000 * MIB) {
            return Finding.note("memory", text, "little; start with TOUCHSTONE_JAVA_OPTS=-Xmx512m");
        }
        return Finding.ok("memory", text);
    }

    private String heap(long physical, Optional<Long> limit) {
        Matcher set = Pattern.compile("-Xmx(\\S+)")
                .matcher(host.variable("TOUCHSTONE_JAVA_OPTS").orElse(""));
        if (set.find()) {
            return set.group(1) + " (TOUCHSTONE_JAVA_OPTS)";
        }
        return Math.min(physical, limit.orElse(physical)) / 4 / MIB + " MiB (a quarter; -Xmx in TOUCHSTONE_JAVA_OPTS)";
    }

    private static Optional<Long> cgroupLimit() {
        for (String file : List.of("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")) {
            try {
                String text = Files.readString(Path.of(file)).strip();
                if (text.matches("[0-9]{1,15}")) { // "max", or a number near 2^63, means no limit
                    return Optional.of(Long.parseLong(text));
                }
            } catch (IOException e) {
                // no such control group here
            }
        }
        return Optional.empty();
    }

    /** Where JavaCPP unpacks native code on first use: it must be writable and have room. */
    Finding cache() {
        return cache(cacheFolder(), Path.of(System.getProperty("java.io.tmpdir")));
    }

    static Finding cache(Path folder, Path temporary) {
        if (!Folders.isWritable(folder)) {
            String advice =
                    "set TOUCHSTONE_JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=DIR with a DIR that you can write to";
            String text = folder + " cannot be written, so native code is unpacked ";
            return Folders.isWritable(temporary)
                    ? Finding.note("cache", text + "to " + temporary, advice)
                    : Finding.fault("cache", text + "nowhere: " + temporary + " cannot be written either", advice);
        }
        try {
            FileStore store = Files.getFileStore(Folders.nearest(folder));
            return room(folder, store.getUsableSpace());
        } catch (IOException e) {
            return Finding.note("cache", folder + ": free space unknown (" + Folders.reason(e) + ")", "");
        }
    }

    static Finding room(Path folder, long free) {
        String text = folder + ", " + free / MIB + " MiB free on its disk";
        if (free < 600 * MIB && !Files.isDirectory(folder)) {
            return Finding.fault(
                    "cache", text, "the first use of ND4J unpacks about 400 MiB of native code there; make room");
        }
        return Finding.ok("cache", text);
    }

    private Path cacheFolder() {
        Matcher set = Pattern.compile("-Dorg\\.bytedeco\\.javacpp\\.cachedir=(\\S+)")
                .matcher(host.variable("TOUCHSTONE_JAVA_OPTS").orElse(""));
        return set.find() ? Path.of(set.group(1)) : Path.of(System.getProperty("user.home"), ".javacpp", "cache");
    }

    /** The variables that change how Touchstone works. */
    List<Finding> variables() {
        return new TreeMap<>(host.env())
                .entrySet().stream()
                        .filter(variable -> variable.getKey().matches("(TOUCHSTONE|IJAVA)_.*"))
                        .filter(variable -> !variable.getKey().equals("TOUCHSTONE_JAVA_HOME")) // set by the launcher
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .map(text -> Finding.ok("variable", text))
                        .toList();
    }
}
