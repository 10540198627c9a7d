package touchstone.nn.cuda;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;

/** A card in use: its primary context, one stream in which everything runs in order, its memory, copies and kernels. */
final class Context {
    private static final int NON_BLOCKING =
            1; // CU_STREAM_NON_BLOCKING: does not wait for other libraries' default stream
    private static final ThreadLocal<Context> CURRENT = new ThreadLocal<>();

    private final Driver driver;
    private final Card device;
    private final Pointer handle;
    private final Stream stream;
    private final DeviceMemory memory;
    private final Transfers transfers;
    private final Kernels kernels;

    Context(Driver driver, Card device, long cap) {
        this.driver = driver;
        this.device = device;
        int number = driver.number("cuDeviceGet", device.ordinal());
        handle = driver.handle("cuDevicePrimaryCtxRetain", number);
        enter();
        stream = new Stream(driver, NON_BLOCKING);
        memory = new DeviceMemory(this, cap);
        transfers = new Transfers(this);
        kernels = new Kernels(this);
    }

    /** Makes the context current for this thread, as every call of the driver demands; cheap when it is. */
    Context enter() {
        if (CURRENT.get() != this) {
            driver.call("cuCtxSetCurrent", handle);
            CURRENT.set(this);
        }
        return this;
    }

    Driver driver() {
        return driver;
    }

    Card device() {
        return device;
    }

    Stream stream() {
        return stream;
    }

    DeviceMemory memory() {
        return memory;
    }

    Transfers transfers() {
        return transfers;
    }

    Kernels kernels() {
        return kernels;
    }

    /** A block of the card's memory, to be closed. */
    Scratch scratch(long bytes) {
        enter();
        return new Scratch(memory, memory.take(bytes));
    }

    /** How many pieces of so many bytes fit into a share of the memory that may be held, 1 to most. */
    int fitting(int share, long bytes, int most) {
        long room = memory.limit() / share / Math.max(1, bytes);
        return (int) Math.max(1, Math.min(room, most));
    }

    /** Sets words of 4 bytes to zero. */
    void zero(long address, long words) {
        enter();
        driver.call("cuMemsetD32Async", address, 0, words, stream.handle());
    }

    /** Waits until everything has run; faults of kernels come to light here. */
    void synchronize() {
        enter();
        stream.synchronize();
    }

    /** Bytes free and in all. */
    long[] freeAndTotal() {
        enter();
        var free = new LongByReference();
        var total = new LongByReference();
        driver.call("cuMemGetInfo_v2", free, total);
        return new long[] {free.getValue(), total.getValue()};
    }

    /** Gives everything back; nothing of it may be used after. */
    void close() {
        synchronize();
        kernels.close();
        transfers.close();
        memory.close();
        stream.close();
        CURRENT.remove();
        driver.call("cuDevicePrimaryCtxRelease_v2", driver.number("cuDeviceGet", device.ordinal()));
    }
}
