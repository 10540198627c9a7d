package touchstone.rlhf.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import touchstone.rlhf.loss.TokenWise.Span;
import touchstone.testing.Golden;

class TokenWiseTest {
    private static final double ROUNDING = 1e-14; // double closed forms, sums of at most a few dozen terms

    @Test
    void valuesAndGradientsAreThoseOfAutograd() {
        JsonArray cases = Golden.json("rlhf/token_wise.json").getAsJsonObject().getAsJsonArray("cases");
        assertEquals(3, cases.size());
        for (JsonElement e : cases) {
            JsonObject c = e.getAsJsonObject();
            double[][] lengths = Golden.matrix(c.get("lengths"));
            double[][] spans = Golden.matrix(c.get("spans"));
            var got = new Span[spans.length];
            for (int i = 0; i < got.length; i++) {
                got[i] = Span.of(
                        Golden.integers(c.getAsJsonArray("idsChosen").get(i)),
                        Golden.integers(c.getAsJsonArray("idsRejected").get(i)),
                        (int) lengths[0][i],
                        (int) lengths[1][i]);
                assertEquals(new Span((int) spans[i][0], (int) spans[i][1]), got[i]);
            }
            TokenWise.Result result = TokenWise.defaults()
                    .withRegularization(c.get("reg").getAsDouble())
                    .of(Golden.matrix(c.get("chosen")), Golden.matrix(c.get("rejected")), got);
            assertEquals(c.get("loss").getAsDouble(), result.loss(), ROUNDING);
            close(Golden.matrix(c.get("gradChosen")), result.gradChosen());
            close(Golden.matrix(c.get("gradRejected")), result.gradRejected());
        }
    }

    private static void close(double[][] want, double[][] got) {
        assertEquals(want.length, got.length);
        for (int i = 0; i < want.length; i++) {
            assertArrayEquals(want[i], got[i], ROUNDING);
        }
    }

    /** With one token the loss is that of whole answers. */
    @Test
    void oneTokenIsTheLossOfAnswers() {
        double[][] chosen = {{0.4}, {-1}};
        double[][] rejected = {{1.1}, {-3}};
        TokenWise.Result got = TokenWise.defaults().of(chosen, rejected, new Span(0, 1), new Span(0, 1));
        PairLoss whole = BradleyTerry.defaults().of(new double[] {0.4, -1}, new double[] {1.1, -3});
        assertEquals(whole.loss(), got.loss(), 1e-15);
        assertEquals(whole.gradChosen()[1], got.gradChosen()[1][0], 1e-16);
    }

    @Test
    void whatCannotBeIsSaid() {
        int[] ids = {1, 2, 3};
        assertEquals(
                "chosen and rejected must differ in a token, all 2 were the same: leave the pair out",
                message(() -> Span.of(ids, new int[] {1, 2, 4}, 2, 1)));
        assertEquals("to must be at least 3, was 2", message(() -> new Span(2, 2)));
        assertEquals("last token of spans[0] must lie in [0, 1), was 1", message(() -> TokenWise.defaults()
                .of(new double[1][1], new double[1][1], new Span(0, 2))));
        assertEquals(
                "regularization must be a finite number of 0 or more, was NaN",
                message(() -> new TokenWise(Double.NaN)));
    }

    private static String message(org.junit.jupiter.api.function.Executable call) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
