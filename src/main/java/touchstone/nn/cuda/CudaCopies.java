package touchstone.nn.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/**
 * Two buffers on the card and, in the processor's memory, one that is pinned, one that is not and a Java array: copies between them are
 * what the memories and the bus allow. Copies are in the stream when a method returns, unless it says otherwise.
 */
public final class CudaCopies implements AutoCloseable {
    private final Context context;
    private final int bytes;
    private final DeviceMemory.Block first;
    private final DeviceMemory.Block second;
    private final Pointer pinned;
    private final Memory plain;

    CudaCopies(Context context, int bytes) {
        this.context = context.enter();
        this.bytes = bytes;
        first = context.memory().take(bytes);
        second = context.memory().take(bytes);
        pinned = context.driver().handle("cuMemHostAlloc", (long) bytes, 0);
        plain = new Memory(bytes);
    }

    /** Puts numbers into the pinned buffer and the plain one. */
    public void write(float... numbers) {
        context.synchronize();
        pinned.write(0, numbers, 0, numbers.length);
        plain.write(0, numbers, 0, numbers.length);
    }

    /** The numbers of the pinned buffer when all copies are done. */
    public float[] pinned() {
        context.synchronize();
        return pinned.getFloatArray(0, bytes / Float.BYTES);
    }

    /** The numbers of the plain buffer when all copies are done. */
    public float[] plain() {
        context.synchronize();
        return plain.getFloatArray(0, bytes / Float.BYTES);
    }

    /** To the first buffer on the card. */
    public void toCard(boolean fromPinned) {
        queue("cuMemcpyHtoDAsync_v2", first.address(), fromPinned ? pinned : plain);
    }

    /** From the second buffer on the card. */
    public void fromCard(boolean toPinned) {
        queue("cuMemcpyDtoHAsync_v2", toPinned ? pinned : plain, second.address());
    }

    /** From the first buffer to the second. */
    public void onCard() {
        queue("cuMemcpyDtoDAsync_v2", second.address(), first.address());
    }

    /** Fills the second buffer with NaN; as many bytes are written as a copy writes. */
    public void poison() {
        context.enter();
        context.driver()
                .call(
                        "cuMemsetD32Async",
                        second.address(),
                        Float.floatToRawIntBits(Float.NaN),
                        (long) bytes / Float.BYTES,
                        context.stream().handle());
    }

    /** To the first buffer as the backend sends tensors, through two small pinned buffers. */
    public void toCard(float... numbers) {
        context.transfers().toCard(numbers, first.address());
    }

    /** From the second buffer as the backend fetches tensors; all is there when this returns. */
    public void fromCard(float... numbers) {
        context.transfers().fromCard(second.address(), numbers);
    }

    private void queue(String call, Object to, Object from) {
        context.enter();
        context.driver().call(call, to, from, (long) bytes, context.stream().handle());
    }

    @Override
    public void close() {
        context.synchronize();
        context.driver().call("cuMemFreeHost", pinned);
        plain.close();
        context.memory().giveBack(first);
        context.memory().giveBack(second);
    }
}
