package touchstone.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code touchstone} command. Exit codes: 0 fine, 1 a cell failed or a claim was refuted, 2 usage, 4 environment. */
@Command(
        name = "touchstone",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Runs Java notebooks and installs the Java kernel for Jupyter.",
        footer = {"", "Exit codes: 0 fine, 1 a cell failed or a claim was refuted, 2 usage, 4 environment."})
public final class Main implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"touchstone " + version()};
        }
    }

    /** The version in the manifest of the jar; {@code development} when run from classes. */
    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(execute(Host.current(), out, err, args));
    }

    /** Runs one command line; what a user got wrong is told in one sentence on {@code err}. */
    static int execute(Host host, PrintWriter out, PrintWriter err, String... args) {
        var line = new CommandLine(new Main())
                .addSubcommand(new RunCommand())
                .addSubcommand(new StripCommand())
                .addSubcommand(new InstallCommand(host))
                .addSubcommand(new UninstallCommand(host))
                .addSubcommand(new LabCommand(host))
                .addSubcommand(new DoctorCommand(host))
                .addSubcommand(new BundleCommand(host))
                .addSubcommand(BenchCommand.line(host))
                .addSubcommand(CourseCommand.line());
        line.setOut(out);
        line.setErr(err);
        line.setParameterExceptionHandler(Main::explainUsage);
        line.setExecutionExceptionHandler(Main::explain);
        return line.execute(args);
    }

    /** Without a command: the usage. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 0;
    }

    private static int explainUsage(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        if (e instanceof UnmatchedArgumentException unmatched) {
            message = "there is no command or option " + String.join(" ", unmatched.getUnmatched());
            if (!unmatched.getSuggestions().isEmpty()) {
                message += "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
            }
        }
        line.getErr()
                .println("touchstone: " + message + "; see "
                        + line.getCommandSpec().qualifiedName() + " --help");
        return UserError.USAGE;
    }

    private static int explain(Exception e, CommandLine line, ParseResult parsed) {
        if (e instanceof UserError error) {
            line.getErr().println("touchstone: " + error.getMessage());
            return error.exitCode();
        }
        if (e instanceof IOException || e instanceof UncheckedIOException) {
            Throwable cause = e.getCause();
            Exception failure = e instanceof UncheckedIOException && cause instanceof IOException io ? io : e;
            line.getErr().println("touchstone: " + Folders.reason(failure));
            return UserError.ENVIRONMENT;
        }
        e.printStackTrace(line.getErr());
        line.getErr()
                .println("touchstone: this is a bug in Touchstone " + version()
                        + "; please open an issue with the lines above and the output of ./touchstone doctor");
        return UserError.ENVIRONMENT;
    }
}
