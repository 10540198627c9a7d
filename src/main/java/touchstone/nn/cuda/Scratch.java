package touchstone.nn.cuda;

/** A block of the card's memory for as long as a call takes. */
record Scratch(DeviceMemory memory, DeviceMemory.Block block) implements AutoCloseable {
    long address() {
        return block.address();
    }

    @Override
    public void close() {
        memory.giveBack(block);
    }
}
