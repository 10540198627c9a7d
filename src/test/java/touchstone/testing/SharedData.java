package touchstone.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import touchstone.data.DataRegistry;

/** The folder of downloaded data for tests that read real files; they skip, saying so, where it is missing. */
public final class SharedData {
    private SharedData() {}

    /** The registry over TOUCHSTONE_DATA, else over ../shared/data beside the project. */
    public static DataRegistry registry() {
        String named = System.getenv("TOUCHSTONE_DATA");
        Path folder =
                named != null ? Path.of(named) : Path.of(System.getProperty("touchstone.root", "."), "../shared/data");
        assumeTrue(
                Files.isDirectory(folder),
                "skipped: no data folder at " + folder + "; name one in TOUCHSTONE_DATA (datasets/README.md)");
        return DataRegistry.load().withFolder(folder);
    }

    /** The registry, if the file of a name is there. */
    public static DataRegistry registryWith(String name) {
        DataRegistry registry = registry();
        assumeTrue(
                registry.has(name),
                "skipped: " + registry.entry(name).file() + " is not in the data folder; fetch it from "
                        + registry.entry(name).address());
        return registry;
    }
}
