package touchstone.nn.cuda;

import com.sun.jna.Memory;

/**
 * A card.
 *
 * @param ordinal its number among the visible ones, from 0
 * @param name as the driver names it
 * @param major of its compute capability
 * @param minor of its compute capability
 * @param memory of the card, bytes
 * @param processors streaming multiprocessors
 */
public record Card(int ordinal, String name, int major, int minor, long memory, int processors) {
    private static final int NAME = 256; // bytes the driver may write
    private static final int PROCESSORS = 16; // CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT
    private static final int MAJOR = 75; // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR
    private static final int MINOR = 76;

    /** The oldest capability that our kernels run on, Turing's. */
    static final int LEAST = 75;

    static Card of(Driver driver, int ordinal) {
        int handle = driver.number("cuDeviceGet", ordinal);
        try (var name = new Memory(NAME)) {
            driver.call("cuDeviceGetName", name, NAME, handle);
            return new Card(
                    ordinal,
                    name.getString(0),
                    driver.number("cuDeviceGetAttribute", MAJOR, handle),
                    driver.number("cuDeviceGetAttribute", MINOR, handle),
                    driver.size("cuDeviceTotalMem_v2", handle),
                    driver.number("cuDeviceGetAttribute", PROCESSORS, handle));
        }
    }

    /** Compute capability, such as {@code 7.5}. */
    public String capability() {
        return major + "." + minor;
    }

    /** Whether our kernels run on it. */
    public boolean fit() {
        return 10 * major + minor >= LEAST;
    }
}
