package touchstone.kernel;

import touchstone.kernel.display.Origin;
import touchstone.kernel.protocol.Content;
import touchstone.kernel.protocol.Message;

/** The execute request that code runs for: where its output belongs, and whom it may ask for input. */
final class CellOrigin extends Origin {
    private final Message request;
    private final boolean allowsStdin;

    CellOrigin(Message request) {
        super(request.header(), Content.flag(request.content(), "silent", false));
        this.request = request;
        this.allowsStdin = Content.flag(request.content(), "allow_stdin", true);
    }

    Message message() {
        return request;
    }

    boolean allowsStdin() {
        return allowsStdin;
    }
}
