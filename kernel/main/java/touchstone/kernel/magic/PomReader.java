package touchstone.kernel.magic;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;

/**
 * Reads what {@code %loadFromPOM} takes: a whole POM, or a piece of one ({@code <dependencies>}, a few {@code
 * <dependency>} elements, {@code <repositories>}).
 */
public final class PomReader {
    /** The dependencies and repositories of a POM. */
    public record Pom(List<PomDependency> dependencies, Map<String, String> repositories) {
        public Pom {
            dependencies = List.copyOf(dependencies);
        }
    }

    /** One dependency, as {@code group:artifact:extension[:classifier]:version}, and {@code group:artifact} exclusions. */
    public record PomDependency(String coordinate, List<String> exclusions) {
        public PomDependency {
            exclusions = List.copyOf(exclusions);
        }
    }

    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)\\}");

    private PomReader() {}

    public static Pom read(String xml) {
        Model model;
        try {
            model = new MavenXpp3Reader()
                    .read(new ByteArrayInputStream(wrap(xml.strip()).getBytes(StandardCharsets.UTF_8)), false);
        } catch (IOException | XmlPullParserException e) {
            throw new MagicException("this is no POM: " + e.getMessage(), e);
        }
        var properties = new HashMap<String, String>();
        model.getProperties().forEach((key, value) -> properties.put(String.valueOf(key), String.valueOf(value)));
        if (model.getVersion() != null) {
            properties.put("project.version", model.getVersion());
        }
        var managed = new HashMap<String, String>();
        if (model.getDependencyManagement() != null) {
            for (Dependency each : model.getDependencyManagement().getDependencies()) {
                managed.put(each.getManagementKey(), each.getVersion());
            }
        }
        var dependencies = new ArrayList<PomDependency>();
        for (Dependency each : model.getDependencies()) {
            String scope = each.getScope() == null ? "compile" : each.getScope();
            if (scope.equals("compile") || scope.equals("runtime")) {
                dependencies.add(dependency(each, managed, properties));
            }
        }
        var repositories = new LinkedHashMap<String, String>();
        model.getRepositories().forEach(each -> repositories.put(each.getId(), each.getUrl()));
        return new Pom(dependencies, repositories);
    }

    private static PomDependency dependency(
            Dependency each, Map<String, String> managed, Map<String, String> properties) {
        String version = each.getVersion() == null ? managed.get(each.getManagementKey()) : each.getVersion();
        if (version == null) {
            throw new MagicException("the POM gives no version for " + each.getGroupId() + ":" + each.getArtifactId()
                    + "; a parent POM is not read, so write the version here");
        }
        String classifier = each.getClassifier() == null ? "" : ":" + each.getClassifier();
        String coordinate =
                each.getGroupId() + ":" + each.getArtifactId() + ":" + each.getType() + classifier + ":" + version;
        return new PomDependency(
                interpolate(coordinate, properties),
                each.getExclusions().stream()
                        .map(exclusion -> exclusion.getGroupId() + ":" + exclusion.getArtifactId())
                        .toList());
    }

    private static String interpolate(String text, Map<String, String> properties) {
        return PROPERTY.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(properties.getOrDefault(match.group(1), match.group())));
    }

    private static String wrap(String xml) {
        String body = xml.replaceFirst("^<\\?xml[^>]*\\?>", "").strip();
        if (body.startsWith("<project")) {
            return body;
        }
        if (body.startsWith("<dependency>")) {
            body = "<dependencies>" + body + "</dependencies>";
        }
        if (body.startsWith("<repository>")) {
            int end = body.lastIndexOf("</repository>") + "</repository>".length();
            String rest = body.substring(end).strip();
            body = "<repositories>" + body.substring(0, end) + "</repositories>"
                    + (rest.startsWith("<dependency>") ? "<dependencies>" + rest + "</dependencies>" : rest);
        }
        return "<project><modelVersion>4.0.0</modelVersion>" + body + "</project>";
    }
}
