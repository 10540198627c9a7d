package touchstone.rlhf.preference;

import touchstone.util.Check;

/**
 * Two answers to one prompt and which was preferred.
 *
 * @param prompt what both answers answer, up to and including the last {@code "\n\nAssistant:"} they share; may be empty
 * @param chosen the answer preferred
 * @param rejected the other answer
 * @param margin by how much the one was better, as people rated it; 0 when nobody did
 * @param chosenSafety whether the preferred answer is harmful
 * @param rejectedSafety whether the other answer is harmful
 */
public record PreferencePair(
        String prompt, String chosen, String rejected, double margin, Safety chosenSafety, Safety rejectedSafety) {
    private static final String TURN = "\n\nAssistant:";

    /** What a person said of one answer. */
    public enum Safety {
        SAFE,
        HARMFUL,
        /** Nobody said. */
        UNKNOWN
    }

    public PreferencePair {
        Check.finite(margin, "margin");
    }

    /** A pair without margin and labels of safety. */
    public PreferencePair(String prompt, String chosen, String rejected) {
        this(prompt, chosen, rejected, 0, Safety.UNKNOWN, Safety.UNKNOWN);
    }

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

    public PreferencePair withMargin(double m) {
        return new PreferencePair(prompt, chosen, rejected, m, chosenSafety, rejectedSafety);
    }

    public PreferencePair withSafety(Safety ofChosen, Safety ofRejected) {
        return new PreferencePair(prompt, chosen, rejected, margin, ofChosen, ofRejected);
    }

    /** The turns up to and including the preferred answer. */
    public Dialogue chosenDialogue() {
        return Dialogue.parse(prompt + chosen);
    }

    /** The turns up to and including the other answer. */
    public Dialogue rejectedDialogue() {
        return Dialogue.parse(prompt + rejected);
    }

    /** Whether both answers are the same text, but for space around it: such a pair says nothing. */
    public boolean isTie() {
        return chosen.strip().equals(rejected.strip());
    }

    /** Whether an answer is nothing but space. */
    public boolean hasEmptySide() {
        return chosen.isBlank() || rejected.isBlank();
    }
}
