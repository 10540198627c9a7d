package touchstone.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import touchstone.ood.LinearHead;

/**
 * What {@code bench_ood.py --dump} wrote: arrays of little-endian float32 and int32.
 *
 * @param folder that holds them
 */
record Dump(Path folder) {
    private ByteBuffer bytes(String name) {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + ".bin")))
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    float[] floats(String name) {
        var buffer = bytes(name).asFloatBuffer();
        var out = new float[buffer.remaining()];
        buffer.get(out);
        return out;
    }

    int[] ints(String name) {
        var buffer = bytes(name).asIntBuffer();
        var out = new int[buffer.remaining()];
        buffer.get(out);
        return out;
    }

    /** The array as rows of the width of the features. */
    INDArray rows(String name) {
        float[] values = floats(name);
        int width = floats("W").length / floats("b").length;
        return Nd4j.create(values, new long[] {values.length / width, width}, 'c');
    }

    LinearHead head() {
        return LinearHead.of(rows("W"), Nd4j.createFromArray(floats("b")));
    }

    /** The scores on one side: 0 for in distribution, 1 for out of it. */
    double[] scores(int side) {
        float[] scores = floats("scores");
        int[] sides = ints("is_ood");
        var out = new double[scores.length];
        int n = 0;
        for (int i = 0; i < scores.length; i++) {
            if (sides[i] == side) {
                out[n++] = scores[i];
            }
        }
        return java.util.Arrays.copyOf(out, n);
    }
}
