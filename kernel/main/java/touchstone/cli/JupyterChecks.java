package touchstone.cli;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Jupyter and what it would start for a notebook of kernel {@code java}. */
record JupyterChecks(Host host, Distribution distribution) {
    List<Finding> findings() {
        return List.of(jupyter(), kernelspec(), archive());
    }

    Finding jupyter() {
        String found = List.of("jupyter-lab", "jupyter-notebook", "jupyter-nbconvert").stream()
                .flatMap(name -> Programs.find(host, name).stream())
                .map(this::describe)
                .collect(Collectors.joining(", "));
        if (!found.isEmpty()) {
            return Finding.ok("jupyter", found);
        }
        return Finding.note("jupyter", "none on PATH; ./touchstone run needs none", Jupyter.ADVICE);
    }

    private String describe(Path program) {
        String version = Jupyter.version(host, List.of(program.toString())).orElse("does not run");
        return program.getFileName() + " " + version;
    }

    /** The kernelspec that Jupyter finds first. */
    Finding kernelspec() {
        JsonObject wanted = KernelSpec.wanted(distribution, host.javaHome());
        for (Path data : dataFolders()) {
            var spec = new KernelSpec(data, "java");
            switch (spec.state(wanted)) {
                case ABSENT -> {}
                case CURRENT -> {
                    return Finding.ok("kernelspec", spec.folder().toString());
                }
                case STALE -> {
                    return stale(spec);
                }
                case FOREIGN -> {
                    return Finding.note(
                            "kernelspec",
                            spec.folder() + " belongs to " + spec.owner(),
                            "to use Touchstone in Jupyter: ./touchstone install --force (the other is kept aside)");
                }
            }
        }
        return Finding.note("kernelspec", "not installed", "to use the kernel in Jupyter: ./touchstone install");
    }

    private static Finding stale(KernelSpec spec) {
        Optional<String> program = spec.program();
        if (program.isEmpty() || !Files.isExecutable(Path.of(program.get()))) {
            return Finding.fault(
                    "kernelspec",
                    spec.folder() + " starts " + program.orElse("nothing") + ", which does not exist",
                    "./touchstone install");
        }
        return Finding.note(
                "kernelspec",
                spec.folder() + " is of another build, another folder or another JDK",
                "./touchstone install");
    }

    private List<Path> dataFolders() {
        var folders = new ArrayList<Path>();
        folders.add(host.jupyterData());
        try {
            folders.add(SpecLocation.sysPrefix(host).resolve("share/jupyter"));
        } catch (UserError e) {
            // no Python environment: Jupyter would not look there either
        }
        folders.add(Path.of("/usr/local/share/jupyter"));
        folders.add(Path.of("/usr/share/jupyter"));
        return folders;
    }

    Finding archive() {
        var archive = new CdsArchive(distribution, host);
        if (archive.isCurrent()) {
            return Finding.ok("archive", archive.file().toString());
        }
        String text = Files.exists(archive.file()) ? "older than the jars, so not used" : "none for this JDK";
        return Finding.note("archive", text, "kernels start faster after: ./touchstone install");
    }
}
