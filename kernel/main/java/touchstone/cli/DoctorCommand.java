package touchstone.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at everything a notebook needs and says what to do about each fault. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description =
                "Checks what notebooks need here and says what to do about each fault; exit code 4 when there is one.")
final class DoctorCommand implements Callable<Integer> {
    private final Host host;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    DoctorCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        Distribution distribution = Distribution.current();
        var findings = new ArrayList<Finding>();
        var machine = new MachineChecks(host);
        findings.add(machine.jdk());
        findings.addAll(new BackendsCheck(host, distribution).findings());
        findings.add(machine.fonts());
        findings.addAll(new JupyterChecks(host, distribution).findings());
        findings.add(machine.memory());
        findings.add(machine.cache());
        findings.addAll(machine.variables());
        boolean fine = findings.stream().noneMatch(finding -> finding.level() == Finding.Level.FAULT);
        print(findings, fine);
        return fine ? 0 : UserError.ENVIRONMENT;
    }

    private void print(List<Finding> findings, boolean fine) {
        PrintWriter out = command.commandLine().getOut();
        if (!json) {
            findings.forEach(finding -> out.println(finding.line()));
            return;
        }
        var list = new JsonArray();
        findings.forEach(finding -> list.add(finding.json()));
        var report = new JsonObject();
        report.addProperty("version", Main.version());
        report.addProperty("ok", fine);
        report.add("findings", list);
        out.println(report);
    }
}
