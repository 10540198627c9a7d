package touchstone.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import touchstone.kernel.backend.BackendException;
import touchstone.kernel.backend.Choice;
import touchstone.kernel.backend.CudaProbe;
import touchstone.kernel.backend.CudaReport;
import touchstone.kernel.backend.Nd4jCuda;
import touchstone.kernel.backend.Nd4jCudaJars;

/** Which card, driver and CUDA libraries there are, and which of the three backends can run with them. */
record BackendsCheck(Host host, Distribution distribution) {
    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        Optional<Choice> chosen = chosen(findings);
        CudaReport report = report();
        addMachine(report, findings);
        List<Path> cuda = chosen.filter(choice ->
                        choice == Choice.ND4J_CUDA && choice.refusal(report).isEmpty())
                .map(choice -> nd4jCuda().present())
                .orElse(List.of());
        List<Finding> probed = new BackendCheck(host, distribution).findings(cuda);
        boolean loads = !cuda.isEmpty() || probed.stream().noneMatch(finding -> finding.level() == Finding.Level.FAULT);
        for (Choice choice : Choice.values()) {
            findings.add(
                    loads || choice != Choice.CPU
                            ? finding(choice, chosen, report)
                            : Finding.note("cpu", "ND4J's part cannot run here: see the next line backend", ""));
        }
        findings.addAll(probed);
        return findings;
    }

    private Optional<Choice> chosen(List<Finding> findings) {
        try {
            return Optional.of(Choice.of(host.env()));
        } catch (BackendException e) {
            findings.add(Finding.fault(
                    "backend",
                    String.valueOf(e.getMessage()),
                    "set TOUCHSTONE_BACKEND to cpu, cuda or nd4j-cuda, or unset it"));
            return Optional.empty();
        }
    }

    private CudaReport report() {
        String classPath = Stream.concat(distribution.kernelJars().stream(), distribution.libraryJars().stream())
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        return CudaProbe.ask(host.javaHome(), classPath, host.env());
    }

    private static void addMachine(CudaReport report, List<Finding> findings) {
        for (CudaReport.Card card : report.cards()) {
            findings.add(Finding.ok("gpu", "card " + card.ordinal() + ": " + card.line()));
        }
        if (report.driver().isEmpty()) {
            findings.add(Finding.ok("gpu", report.driverLine() + "; notebooks run on the CPU"));
        } else if (report.cards().isEmpty()) {
            findings.add(Finding.note("gpu", "the driver is there and tells of no card", ""));
        }
        if (!report.driver().isEmpty()) {
            findings.add(Finding.ok("driver", report.driverLine()));
        }
        findings.add(Finding.ok("cuda-libs", report.librariesLine()));
    }

    /** A backend that cannot run is a fault where it was asked for, and worth a note where there is a driver. */
    private Finding finding(Choice choice, Optional<Choice> chosen, CudaReport report) {
        boolean asked = chosen.equals(Optional.of(choice));
        Optional<String> refusal = choice.refusal(report);
        if (refusal.isEmpty()) {
            String more = choice == Choice.ND4J_CUDA ? "; " + nd4jCuda().jarsLine() : "";
            return Finding.ok(choice.word(), "can run here" + more + (asked ? "; in use" : ""));
        }
        if (asked) {
            return Finding.fault(
                    choice.word(),
                    "asked for by TOUCHSTONE_BACKEND, but cannot run here: " + refusal.get(),
                    "until then unset TOUCHSTONE_BACKEND or set it to a backend that can run");
        }
        String text = "cannot run here: " + refusal.get();
        return report.driver().isEmpty() ? Finding.ok(choice.word(), text) : Finding.note(choice.word(), text, "");
    }

    /** ND4J's CUDA build on this machine. */
    Nd4jCuda nd4jCuda() {
        return new Nd4jCuda(distribution.home().resolve("lib/cuda"), this::report, new Nd4jCudaJars(true));
    }
}
