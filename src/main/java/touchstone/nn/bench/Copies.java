package touchstone.nn.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import touchstone.nn.cuda.CudaCopies;

/**
 * A copy of numbers. On the processor there is one kind, from memory to memory.
 *
 * @param bytes a multiple of 4
 */
record Copies(int bytes, Kind kind) implements Operation {
    private static final double GIGA = 1e9;
    private static final int PIECE = 1 << 18; // numbers a task

    /** Between what. */
    enum Kind {
        TO_CARD_PINNED("memory to card, pinned", true),
        TO_CARD_PLAIN("memory to card, not pinned", false),
        TO_CARD_ARRAY("memory to card, a tensor", true),
        FROM_CARD_PINNED("card to memory, pinned", true),
        FROM_CARD_PLAIN("card to memory, not pinned", false),
        FROM_CARD_ARRAY("card to memory, a tensor", true),
        WITHIN("within a memory, read + written", true);

        private final String title;
        private final boolean pinned; // what torch shall copy from or to

        Kind(String title, boolean pinned) {
            this.title = title;
            this.pinned = pinned;
        }

        boolean up() {
            return name().startsWith("TO_");
        }

        boolean down() {
            return name().startsWith("FROM_");
        }
    }

    private double moved() {
        return kind == Kind.WITHIN ? 2.0 * bytes : bytes;
    }

    @Override
    public Label label() {
        return new Label(
                "copy/" + kind.name().toLowerCase(java.util.Locale.ROOT),
                "copy " + kind.title,
                bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : bytes + " bytes",
                Precision.FP32,
                "GB/s",
                moved() / GIGA,
                0,
                moved());
    }

    @Override
    public boolean runsOn(Machine machine) {
        return machine instanceof CardMachine || kind == Kind.WITHIN;
    }

    /** Not a bit may change. */
    @Override
    public double bound() {
        return 0;
    }

    @Override
    public double error(Machine machine, long seed) {
        double[] wanted = Inputs.rows(1, bytes / Float.BYTES, seed)[0];
        var numbers = new float[wanted.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) wanted[i];
        }
        float[] found = machine instanceof CardMachine card ? there(card, numbers) : copied(numbers);
        return Inputs.apart(
                IntStream.range(0, found.length).mapToDouble(i -> found[i]).toArray(), wanted);
    }

    /** To the card by this kind of copy, within the card, and back by this kind, over NaN each time. */
    private float[] there(CardMachine card, float[] numbers) {
        var nan = new float[numbers.length];
        Arrays.fill(nan, Float.NaN);
        try (CudaCopies buffers = card.meter(Precision.FP32).copies(bytes)) {
            buffers.write(numbers);
            boolean array = kind == Kind.TO_CARD_ARRAY || kind == Kind.FROM_CARD_ARRAY;
            if (array) {
                buffers.toCard(numbers);
            } else {
                buffers.toCard(kind.pinned);
            }
            buffers.poison();
            buffers.onCard();
            buffers.write(nan);
            if (array) {
                buffers.fromCard(nan);
                return nan;
            }
            buffers.fromCard(kind.pinned);
            return kind.pinned ? buffers.pinned() : buffers.plain();
        }
    }

    private static float[] copied(float[] numbers) {
        var out = new float[numbers.length];
        Arrays.fill(out, Float.NaN);
        copy(numbers, out, numbers.length);
        return out;
    }

    private static void copy(float[] from, float[] to, int n) {
        IntStream.range(0, (n + PIECE - 1) / PIECE)
                .parallel()
                .forEach(p -> System.arraycopy(from, p * PIECE, to, p * PIECE, Math.min(PIECE, n - p * PIECE)));
    }

    @Override
    public int rows() {
        return bytes / Float.BYTES;
    }

    @Override
    public Trial prepare(Machine machine, int rows, long seed) {
        var numbers = new float[rows];
        if (!(machine instanceof CardMachine card)) {
            var out = new float[rows];
            return Trials.of(rows / (double) rows(), turn -> copy(numbers, out, rows), () -> {});
        }
        CudaCopies buffers = card.meter(Precision.FP32).copies(bytes);
        buffers.toCard(true);
        buffers.onCard();
        return Trials.of(1, turn -> run(buffers, numbers), buffers::close);
    }

    private void run(CudaCopies buffers, float[] numbers) {
        switch (kind) {
            case TO_CARD_PINNED, TO_CARD_PLAIN -> buffers.toCard(kind.pinned);
            case FROM_CARD_PINNED, FROM_CARD_PLAIN -> buffers.fromCard(kind.pinned);
            case TO_CARD_ARRAY -> buffers.toCard(numbers);
            case FROM_CARD_ARRAY -> buffers.fromCard(numbers);
            case WITHIN -> buffers.onCard();
        }
    }

    @Override
    public Map<String, Object> peer() {
        String way = kind.up() ? "up" : kind.down() ? "down" : "within";
        return Map.of("kind", "copy", "way", way, "pinned", kind.pinned, "bytes", bytes);
    }
}
