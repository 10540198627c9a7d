package touchstone.rlhf.preference;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import touchstone.util.Reference;

/**
 * A talk in turns, as hh-rlhf writes it: {@code "\n\nHuman: ...\n\nAssistant: ..."}.
 *
 * @param turns in order; text before the first speaker is a turn of {@link Speaker#UNKNOWN}
 */
@Reference("bai2022training")
public record Dialogue(List<Turn> turns) {
    private static final Pattern MARK = Pattern.compile("\n\n(Human|Assistant):");

    /** Who speaks. */
    public enum Speaker {
        HUMAN,
        ASSISTANT,
        UNKNOWN
    }

    /** What one of them says, without space around it. */
    public record Turn(Speaker speaker, String text) {}

    public Dialogue {
        turns = List.copyOf(turns);
    }

    /** Splits a text at its speakers; a text without any is one turn of nobody known. */
    public static Dialogue parse(String text) {
        var turns = new ArrayList<Turn>();
        Matcher mark = MARK.matcher(text);
        Speaker speaker = Speaker.UNKNOWN;
        int from = 0;
        while (mark.find()) {
            add(turns, speaker, text.substring(from, mark.start()));
            speaker = mark.group(1).equals("Human") ? Speaker.HUMAN : Speaker.ASSISTANT;
            from = mark.end();
        }
        add(turns, speaker, text.substring(from));
        return new Dialogue(turns);
    }

    private static void add(List<Turn> turns, Speaker speaker, String text) {
        if (speaker != Speaker.UNKNOWN || !text.isBlank()) {
            turns.add(new Turn(speaker, text.strip()));
        }
    }

    /** The last turn's text, empty when there is no turn. */
    public String lastTurn() {
        return turns.isEmpty() ? "" : turns.get(turns.size() - 1).text();
    }

    /** How many turns a speaker has. */
    public int count(Speaker speaker) {
        return (int) turns.stream().filter(t -> t.speaker() == speaker).count();
    }
}
