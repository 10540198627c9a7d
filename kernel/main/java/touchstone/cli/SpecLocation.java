package touchstone.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where a kernelspec goes: options shared by install and uninstall. */
final class SpecLocation {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    static final class Place {
        @Option(names = "--user", description = "For this user (the default): Jupyter's data folder in the home.")
        boolean user;

        @Option(
                names = "--sys-prefix",
                description =
                        "Into the Python environment in use: python3's sys.prefix, else CONDA_PREFIX or VIRTUAL_ENV.")
        boolean sysPrefix;

        @Option(names = "--prefix", paramLabel = "DIR", description = "Into DIR/share/jupyter.")
        @Nullable
        Path prefix;
    }

    @ArgGroup
    Place place = new Place();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "java",
            description = "Kernel name (${DEFAULT-VALUE}).")
    String name = "java";

    KernelSpec spec(Host host) {
        if (!NAME.matcher(name).matches()) {
            throw UserError.usage("--name must consist of letters, digits, '.', '_' and '-', was \"" + name + "\"");
        }
        return new KernelSpec(data(host).toAbsolutePath().normalize(), name);
    }

    private Path data(Host host) {
        if (place.prefix != null) {
            return place.prefix.resolve("share/jupyter");
        }
        return place.sysPrefix ? sysPrefix(host).resolve("share/jupyter") : host.jupyterData();
    }

    /** The prefix of the Python environment in use. */
    static Path sysPrefix(Host host) {
        var python = Programs.find(host, "python3");
        if (python.isPresent()) {
            var command = List.of(python.get().toString(), "-c", "import sys; print(sys.prefix)");
            Programs.Result answer = Programs.run(host, command, Map.of(), 30);
            if (answer.isFine() && !answer.output().isBlank()) {
                return Path.of(answer.output().strip());
            }
        }
        return host.variable("VIRTUAL_ENV")
                .or(() -> host.variable("CONDA_PREFIX"))
                .map(Path::of)
                .orElseThrow(
                        () -> UserError.environment(
                                "--sys-prefix needs a Python environment, but there is no"
                                        + " working python3 on PATH and neither VIRTUAL_ENV nor CONDA_PREFIX is set; use --user or --prefix DIR"));
    }
}
