package touchstone.kernel.display;

import com.google.gson.JsonObject;

/** Sends a message to all front ends, under the request it belongs to. */
@FunctionalInterface
public interface Publisher {
    /**
     * @param type message type, such as {@code display_data}
     * @param parent header of the request; empty for none
     */
    void publish(String type, JsonObject content, JsonObject parent);
}
