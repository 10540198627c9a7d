package touchstone.notebook;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Text;

/** Puts a document's images into the page itself: attachments and files beside the notebook; others become links. */
final class PageImages extends AbstractVisitor {
    private static final Map<String, String> IMAGES = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "gif", "image/gif",
            "webp", "image/webp",
            "svg", "image/svg+xml");

    private final Path folder;
    private final boolean outside;
    private final JsonObject attachments;

    /**
     * @param outside whether files outside the folder may be read
     */
    PageImages(Path folder, boolean outside, JsonObject attachments) {
        this.folder = folder;
        this.outside = outside;
        this.attachments = attachments;
    }

    @Override
    public void visit(Image image) {
        String target = image.getDestination();
        if (target.startsWith("attachment:")) {
            image.setDestination(attached(target.substring("attachment:".length())));
        } else if (target.matches("(?i)(https?:)?//.*")) {
            var link = new Link(target, image.getTitle());
            while (image.getFirstChild() != null) {
                link.appendChild(image.getFirstChild());
            }
            if (link.getFirstChild() == null) {
                link.appendChild(new Text(target));
            }
            image.insertAfter(link);
            image.unlink();
        } else if (!target.startsWith("data:")) {
            image.setDestination(local(target));
        }
    }

    private String attached(String name) {
        for (Map.Entry<String, JsonElement> entry :
                Json.object(attachments, name).entrySet()) {
            if (entry.getKey().startsWith("image/")) {
                return "data:" + entry.getKey() + ";base64,"
                        + Json.joined(entry.getValue()).replaceAll("\\s", "");
            }
        }
        return "";
    }

    private String local(String target) {
        String ending = target.substring(target.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String mime = IMAGES.get(ending);
        try {
            Path file = folder.resolve(target);
            if (mime == null || !Files.isRegularFile(file) || !(outside || inside(file))) {
                return target;
            }
            return "data:" + mime + ";base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        } catch (IOException | InvalidPathException e) {
            return target; // shown by its alternative text
        }
    }

    private boolean inside(Path file) throws IOException {
        return file.toRealPath().startsWith(folder.toRealPath());
    }
}
