package touchstone.notebook;

import com.google.gson.JsonObject;

/**
 * How the execution of one cell went.
 *
 * @param reply the kernel's execute_reply message's content; empty unless {@code ending} is REPLIED or INTERRUPTED
 * @param date the reply's date; empty without a reply
 * @param detail what to tell the user when there was no proper reply
 */
record Execution(Ending ending, JsonObject reply, String date, String detail) {
    /** The ways a request ends. */
    enum Ending {
        /** The kernel answered. */
        REPLIED,
        /** The time was over; the kernel was interrupted and goes on. */
        INTERRUPTED,
        /** The time was over, the kernel did not heed the interrupt and was killed. */
        KILLED,
        /** The kernel's process ended by itself. */
        DIED
    }

    boolean kernelLives() {
        return ending == Ending.REPLIED || ending == Ending.INTERRUPTED;
    }

    /** True when the kernel answered that all went well. */
    boolean ok() {
        return ending == Ending.REPLIED && Json.text(reply, "status", "").equals("ok");
    }
}
