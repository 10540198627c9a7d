package touchstone.data;

/**
 * Two answers to one prompt and which was preferred.
 *
 * @param prompt what both answers answer, up to and including the last {@code "\n\nAssistant:"} they share; may be empty
 * @param chosen the answer preferred
 * @param rejected the other answer
 */
public record PreferencePair(String prompt, String chosen, String rejected) {
    private static final String TURN = "\n\nAssistant:";

    /** Splits the prompt off two whole dialogues: their common beginning, cut back to where an assistant's turn starts. */
    public static PreferencePair ofDialogues(String chosen, String rejected) {
        int limit = Math.min(chosen.length(), rejected.length());
        int common = 0;
        while (common < limit && chosen.charAt(common) == rejected.charAt(common)) {
            common++;
        }
        int turn = chosen.substring(0, common).lastIndexOf(TURN);
        int cut = turn < 0 ? 0 : turn + TURN.length();
        return new PreferencePair(chosen.substring(0, cut), chosen.substring(cut), rejected.substring(cut));
    }

    /** Whether both answers are the same text: such a pair says nothing. */
    public boolean isTie() {
        return chosen.equals(rejected);
    }
}
