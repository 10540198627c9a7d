package touchstone.kernel.magic;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/**
 * Resolves artifacts with Maven Resolver: the user's settings.xml (mirrors, proxies, credentials) and local repository
 * count, and what lies in the local repository is found without a network.
 */
public final class MavenMagics {
    private final Map<String, RemoteRepository> repositories = new LinkedHashMap<>();

    /** Adds a repository under a name; a later one of the same name replaces it. */
    public void addRepository(String id, String url) {
        repositories.put(id, new RemoteRepository.Builder(id, "default", url).build());
    }

    /**
     * The jars of artifacts and of what they need at run time.
     *
     * @param coordinates {@code group:artifact[:extension[:classifier]]:version}, one each
     */
    public List<Path> resolve(List<String> coordinates) {
        return resolve(coordinates, false);
    }

    /** The jars of artifacts and of what they need; {@code offline} takes them from the local repository alone. */
    public List<Path> resolve(List<String> coordinates, boolean offline) {
        var dependencies = new ArrayList<Dependency>();
        for (String coordinate : coordinates) {
            try {
                dependencies.add(new Dependency(new DefaultArtifact(ivyToMaven(coordinate)), JavaScopes.RUNTIME));
            } catch (IllegalArgumentException e) {
                throw new MagicException(
                        "'" + coordinate + "' is no Maven coordinate: write group:artifact:version, or"
                                + " group:artifact:extension:classifier:version",
                        e);
            }
        }
        return resolveAll(dependencies, List.of(), offline);
    }

    /** The jars of the dependencies of a POM, with its own repositories and exclusions. */
    public List<Path> resolvePom(PomReader.Pom pom) {
        var dependencies = new ArrayList<Dependency>();
        for (PomReader.PomDependency each : pom.dependencies()) {
            List<Exclusion> exclusions = each.exclusions().stream()
                    .map(text -> {
                        String[] parts = text.split(":", 2);
                        return new Exclusion(parts[0], parts[1], "*", "*");
                    })
                    .toList();
            dependencies.add(
                    new Dependency(new DefaultArtifact(each.coordinate()), JavaScopes.RUNTIME, false, exclusions));
        }
        List<RemoteRepository> own = pom.repositories().entrySet().stream()
                .map(each -> new RemoteRepository.Builder(each.getKey(), "default", each.getValue()).build())
                .toList();
        return resolveAll(dependencies, own, false);
    }

    private List<Path> resolveAll(List<Dependency> dependencies, List<RemoteRepository> more, boolean offline) {
        ContextOverrides overrides = ContextOverrides.create()
                .withUserSettings(true)
                .offline(offline)
                .build();
        try (Context context = Runtimes.INSTANCE.getRuntime().create(overrides)) {
            var from = new ArrayList<>(context.remoteRepositories());
            from.addAll(context.repositorySystem()
                    .newResolutionRepositories(context.repositorySystemSession(), List.copyOf(repositories.values())));
            from.addAll(context.repositorySystem().newResolutionRepositories(context.repositorySystemSession(), more));
            var collect = new CollectRequest(dependencies, List.of(), from);
            var request = new DependencyRequest(
                    collect, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME, JavaScopes.COMPILE));
            return context
                    .repositorySystem()
                    .resolveDependencies(context.repositorySystemSession(), request)
                    .getArtifactResults()
                    .stream()
                    .map(ArtifactResult::getArtifact)
                    .map(Artifact::getFile)
                    .map(file -> file.toPath())
                    .toList();
        } catch (DependencyResolutionException e) {
            throw new MagicException("cannot resolve " + names(dependencies) + ": " + rootMessage(e), e);
        }
    }

    /** IJava took Ivy's {@code group#artifact;version} too. */
    private static String ivyToMaven(String coordinate) {
        return coordinate.replace('#', ':').replace(';', ':');
    }

    private static String names(List<Dependency> dependencies) {
        return String.join(
                ", ",
                dependencies.stream().map(each -> each.getArtifact().toString()).toList());
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }
}
