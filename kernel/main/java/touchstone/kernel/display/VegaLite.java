package touchstone.kernel.display;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Optional;

/** Vega-Lite specifications as bundles. */
public final class VegaLite {
    private VegaLite() {}

    /** The specification, a description, and a still picture where one can be drawn. */
    public static MimeBundle bundle(String spec) {
        JsonElement json = Json.parse(spec, "spec");
        if (!json.isJsonObject()) {
            throw new IllegalArgumentException("spec must be a JSON object, was " + json);
        }
        var bundle = new MimeBundle().put(MimeBundle.VEGA_LITE, json);
        Optional<VegaChart> chart = VegaChart.read(json.getAsJsonObject());
        if (chart.isEmpty() || !drawn(chart.get(), bundle)) {
            return bundle.put(
                    MimeBundle.TEXT,
                    "Vega-Lite chart (only a front end with Vega-Lite, such as JupyterLab, can show this one)");
        }
        VegaChart read = chart.get();
        return bundle.put(
                MimeBundle.TEXT,
                "Vega-Lite chart: " + read.mark() + ", x: " + read.x().title() + ", y: "
                        + read.y().title() + ", " + read.rows().size() + " rows");
    }

    private static boolean drawn(VegaChart chart, MimeBundle bundle) {
        BufferedImage picture;
        try {
            picture = VegaPicture.draw(chart);
            Images.render(picture, bundle);
        } catch (IOException | RuntimeException | LinkageError e) {
            return false; // values that are no numbers, or a machine without fonts
        }
        var size = new JsonObject();
        size.addProperty("width", picture.getWidth() / VegaPicture.SCALE);
        size.addProperty("height", picture.getHeight() / VegaPicture.SCALE);
        bundle.putMetadata(MimeBundle.PNG, size);
        return true;
    }
}
