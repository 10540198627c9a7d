package touchstone.course;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import touchstone.notebook.Cell;

class SteadyOutputsTest {
    private static String settled(String output) {
        Cell cell = Cell.code("a", "1");
        cell.outputs().add(JsonParser.parseString(output));
        SteadyOutputs.settle(cell);
        return cell.outputs().toString();
    }

    @Test
    void hashCodesOfObjectsGoAlsoWhereMoreLinesFollow() {
        assertEquals(
                "[{\"output_type\":\"execute_result\",\"data\":{\"text/plain\":\"a.b.Chart\\n(its renderer failed: x)\"}}]",
                settled(
                        """
                        {"output_type": "execute_result",
                         "data": {"text/plain": ["a.b.Chart@66cd1d8b\\n", "(its renderer failed: x)"]}}"""));
    }

    @Test
    void addressesAndTextsOfOthersStay() {
        assertEquals(
                "[{\"output_type\":\"display_data\",\"data\":{\"text/plain\":\"write to ada@cafe.org, see a@b c\"}}]",
                settled(
                        """
                        {"output_type": "display_data", "data": {"text/plain": "write to ada@cafe.org, see a@b c"}}"""));
    }

    @Test
    void placesOfFilesThatAreNotKeptGo() {
        assertEquals(
                "[{\"output_type\":\"stream\",\"text\":\"f\\n[the output of this cell is cut here, after 256 KiB]\\n\"}]",
                settled(
                        """
                        {"output_type": "stream", "text": ["f\\n",
                         "[the output of this cell is cut here, after 256 KiB; all of it is in /scratch/touchstone-output-63/output-1.txt]\\n",
                         "\\n",
                         "[/scratch/touchstone-output-63/output-1.txt cannot be written any further: No space left on device]\\n"]}"""));
    }

    @Test
    void aKernelThatEndedLeavesItsSentenceAlone() {
        assertEquals(
                "[{\"output_type\":\"error\",\"ename\":\"DeadKernelError\",\"evalue\":\"it ended\",\"traceback\":[\"it ended\"]}]",
                settled(
                        """
                        {"output_type": "error", "ename": "DeadKernelError", "evalue": "it ended", "traceback": ["# hs_err 4711"]}"""));
    }
}
