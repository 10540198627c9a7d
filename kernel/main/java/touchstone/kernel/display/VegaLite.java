package touchstone.kernel.display;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** Vega-Lite specifications as bundles. */
public final class VegaLite {
    private VegaLite() {}

    /** The specification, a description, and a still picture where one can be drawn. */
    public static MimeBundle bundle(String spec) {
        JsonElement json = Json.parse(spec, "spec");
        if (!json.isJsonObject()) {
            throw new IllegalArgumentException("spec must be a JSON object, was " + json);
        }
        return new MimeBundle().put(MimeBundle.VEGA_LITE, json).put(MimeBundle.TEXT, "Vega-Lite chart");
    }
}
