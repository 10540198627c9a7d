package touchstone.kernel.backend;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.LocalArtifactRequest;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;

/**
 * The jars that ND4J's CUDA build has beyond those of the library, resolved as {@code %maven} does: settings.xml counts, and what
 * lies in the local repository is not asked for again.
 */
public final class Nd4jCudaJars {
    private static final String VERSION = "1.0.0-M2.1";
    private static final String ND4J = "org.nd4j:nd4j-cuda-11.6";
    private static final String CUDA = "org.bytedeco:cuda";
    private static final String CUDA_VERSION = "11.6-8.3-1.5.7";
    /** Bytes of each jar, as the central repository has it. */
    static final Map<String, Long> BYTES = new TreeMap<>(Map.of(
            ND4J + ":" + VERSION, 428_345L,
            ND4J + ":jar:" + Nd4jCuda.PLATFORM + ":" + VERSION, 600_670_741L,
            ND4J + "-preset:" + VERSION, 11_727L,
            ND4J + "-preset:jar:" + Nd4jCuda.PLATFORM + ":" + VERSION, 3_660L,
            CUDA + ":" + CUDA_VERSION, 719_578L,
            CUDA + ":jar:" + Nd4jCuda.PLATFORM + ":" + CUDA_VERSION, 6_570_373L,
            CUDA + ":jar:" + Nd4jCuda.PLATFORM + "-redist:" + CUDA_VERSION, 1_827_438_924L));

    private final ContextOverrides.Builder overrides;
    private final DiskRoom room;

    /**
     * With the user's settings.xml.
     *
     * @param use whether they shall run here, which takes more room
     */
    public Nd4jCudaJars(boolean use) {
        this(ContextOverrides.create().withUserSettings(true), DiskRoom.ofSystem(use));
    }

    Nd4jCudaJars(ContextOverrides.Builder overrides, DiskRoom room) {
        this.overrides = overrides;
        this.room = room;
    }

    /** How much there is to fetch where none of it is cached, in bytes. */
    public static long bytes() {
        return BYTES.values().stream().mapToLong(Long::longValue).sum();
    }

    /** All jars, where all lie in the local repository, else none; asks no server. */
    public List<Path> cached() {
        try (Context context = context(true)) {
            return missing(context).isEmpty() ? resolve(context) : List.of();
        }
    }

    /** All jars; those that are missing are fetched, of which the watcher is told, and then closed. */
    public List<Path> fetch(FetchWatcher watcher) {
        overrides.transferListener(new FetchProgress(watcher));
        try (watcher;
                Context context = context(false)) {
            Map<String, Long> missing = missing(context);
            if (!missing.isEmpty()) {
                long bytes =
                        missing.values().stream().mapToLong(Long::longValue).sum();
                room.demandForFetch(repository(context), bytes);
                watcher.begins(announcement(bytes, repository(context)), DiskRoom.mib(bytes));
            }
            List<Path> jars = resolve(context);
            room.demandForUse(jars);
            return jars;
        }
    }

    private String announcement(long bytes, Path repository) {
        return "fetching " + DiskRoom.text(bytes) + " of ND4J's CUDA jars, once, into " + repository + room.aboutUse();
    }

    private Context context(boolean offline) {
        return Runtimes.INSTANCE
                .getRuntime()
                .create(overrides
                        .offline(offline)
                        .checksumPolicy(ContextOverrides.ChecksumPolicy.FAIL)
                        .build());
    }

    private static Path repository(Context context) {
        return context.repositorySystemSession()
                .getLocalRepository()
                .getBasedir()
                .toPath();
    }

    private static Map<String, Long> missing(Context context) {
        RepositorySystemSession session = context.repositorySystemSession();
        return BYTES.entrySet().stream()
                .filter(part -> !session.getLocalRepositoryManager()
                        .find(
                                session,
                                new LocalArtifactRequest(artifact(part.getKey()), context.remoteRepositories(), ""))
                        .isAvailable())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Artifact artifact(String coordinate) {
        return new DefaultArtifact(coordinate);
    }

    private static List<Path> resolve(Context context) {
        List<ArtifactRequest> requests = BYTES.keySet().stream()
                .map(part -> new ArtifactRequest(artifact(part), context.remoteRepositories(), ""))
                .toList();
        try {
            return context.repositorySystem().resolveArtifacts(context.repositorySystemSession(), requests).stream()
                    .map(ArtifactResult::getArtifact)
                    .map(found -> found.getFile().toPath())
                    .filter(Files::isRegularFile)
                    .toList();
        } catch (ArtifactResolutionException | UncheckedIOException e) { // an interrupt closes the resolver's files
            throw refused(e, repository(context));
        }
    }

    private static BackendException refused(Exception e, Path repository) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String why = Thread.currentThread().isInterrupted()
                ? "interrupted"
                : String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return new BackendException(
                "ND4J's CUDA jars are not in " + repository + " and cannot be fetched (" + why
                        + "): try again with a network",
                e);
    }
}
