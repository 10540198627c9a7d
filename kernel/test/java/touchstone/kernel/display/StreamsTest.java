package touchstone.kernel.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamsTest {
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final Streams streams = new Streams((type, content, parent) -> sent.add(parent.get("msg_id") + " "
            + content.get("name").getAsString() + ": " + content.get("text").getAsString()));
    private final PrintStream out = streams.printStream("stdout");
    private final PrintStream err = streams.printStream("stderr");

    /** What was sent; on a slow machine the timer may have cut a text in two. */
    private List<String> joined() {
        var all = new ArrayList<String>();
        for (String each : sent) {
            int text = each.indexOf(": ") + 2;
            int last = all.size() - 1;
            boolean goesOn = last >= 0 && all.get(last).startsWith(each.substring(0, text));
            if (goesOn) {
                all.set(last, all.get(last) + each.substring(text));
            } else {
                all.add(each);
            }
        }
        return all;
    }

    private static Origin origin(String id, boolean silent) {
        var header = new JsonObject();
        header.addProperty("msg_id", id);
        return new Origin(header, silent);
    }

    @Test
    void writesAreGatheredAndKeepTheirOrder() {
        origin("a", false).enter();
        for (int i = 0; i < 1000; i++) {
            out.print("x");
        }
        err.print("e");
        out.print("y");
        streams.flush();
        assertEquals(List.of("\"a\" stdout: " + "x".repeat(1000), "\"a\" stderr: e", "\"a\" stdout: y"), joined());
    }

    @Test
    void aCharacterIsNeverCutInHalf() {
        origin("a", false).enter();
        byte[] bytes = "h\u00e9\u4e16\ud83d\ude00".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (byte each : bytes) {
            out.write(each);
            out.flush();
            streams.flush();
        }
        var text = new StringBuilder();
        sent.forEach(each -> text.append(each.substring(each.indexOf(": ") + 2)));
        assertEquals("h\u00e9\u4e16\ud83d\ude00", text.toString());
    }

    @Test
    void aThreadPrintsUnderTheCellThatStartedIt() throws Exception {
        origin("first", false).enter();
        var gate = new java.util.concurrent.CountDownLatch(1);
        var thread = new Thread(() -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            out.print("late");
        });
        thread.start();
        origin("second", false).enter();
        out.print("now");
        gate.countDown();
        thread.join();
        streams.flush();
        assertEquals(List.of("\"second\" stdout: now", "\"first\" stdout: late"), List.copyOf(sent));
    }

    @Test
    void aSilentCellSendsNothing() {
        origin("s", true).enter();
        out.print("x");
        streams.flush();
        assertTrue(sent.isEmpty(), sent.toString());
    }

    @Test
    void outputArrivesByItselfSoon() throws Exception {
        origin("a", false).enter();
        out.print("x");
        for (int i = 0; i < 200 && sent.isEmpty(); i++) {
            Thread.sleep(10);
        }
        assertEquals(List.of("\"a\" stdout: x"), List.copyOf(sent));
    }

    @Test
    void halvesOfACharacterMeetAcrossPrints() {
        origin("a", false).enter();
        out.print('\ud83d');
        out.print('\ude00');
        out.println();
        out.printf("%s-%d%n", "\u4e16", 3);
        out.println(new char[] {'o', 'k'});
        out.append("x").append('y').println(1.5);
        streams.flush();
        assertEquals(List.of("\"a\" stdout: \ud83d\ude00\n\u4e16-3\nok\nxy1.5\n"), joined());
    }

    @Test
    void nullPrintsAsItsName() {
        origin("a", false).enter();
        out.print((String) null);
        out.println((Object) null);
        streams.flush();
        assertEquals(List.of("\"a\" stdout: nullnull\n"), joined());
    }

    @Test
    void aMegabyteIsOneMessage() {
        origin("a", false).enter();
        String text = "\u00e9x".repeat(1 << 19);
        out.print(text);
        streams.flush();
        assertEquals(List.of("\"a\" stdout: " + text), List.copyOf(sent));
    }
}
