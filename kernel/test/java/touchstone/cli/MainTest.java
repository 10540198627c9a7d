package touchstone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import touchstone.cli.Scratch.Ended;

class MainTest extends CliFixture {
    @Test
    void withoutACommandPrintsTheUsage() {
        Ended ended = touchstone();
        assertEquals(0, ended.exitCode());
        assertTrue(ended.out().startsWith("Usage: touchstone"));
        for (String command : new String[] {"install", "uninstall", "lab", "doctor"}) {
            assertTrue(ended.out().contains("\n  " + command), command);
        }
    }

    @Test
    void anUnknownCommandGetsOneSentence() {
        Ended ended = touchstone("docter");
        assertEquals(2, ended.exitCode());
        assertEquals("", ended.out());
        assertEquals(
                "touchstone: there is no command or option docter; did you mean doctor?; see touchstone --help"
                        + System.lineSeparator(),
                ended.err().replace(" or touchstone doctor", ""));
    }

    @Test
    void anUnknownOptionNamesTheCommandsHelp() {
        Ended ended = touchstone("install", "--wrong");
        assertEquals(2, ended.exitCode());
        assertTrue(ended.err().contains("--wrong"));
        assertTrue(ended.err().endsWith("see touchstone install --help" + System.lineSeparator()));
    }

    @Test
    void optionsThatExcludeEachOtherGetOneSentence() {
        Ended ended = touchstone("install", "--user", "--sys-prefix");
        assertEquals(2, ended.exitCode());
        assertEquals(1, ended.err().lines().count());
        assertTrue(ended.err().contains("mutually exclusive"));
    }

    @Test
    void versionIsOneLine() {
        Ended ended = touchstone("--version");
        assertEquals(0, ended.exitCode());
        assertTrue(ended.out().matches("touchstone \\S+\\R"), ended.out());
    }

    @Test
    void aMissingDistributionIsSaid() {
        System.setProperty("touchstone.home", temp.resolve("nowhere").toString());
        Ended ended = touchstone("install");
        assertEquals(4, ended.exitCode());
        assertTrue(ended.err()
                .startsWith("touchstone: there is no Touchstone distribution in " + temp + "/nowhere; build one"));
    }

    @Test
    void aBugShowsItsTraceAndWhereToReportIt() throws IOException {
        Files.writeString(dist.resolve("kernelspec/kernel.json"), "[]");
        Ended ended = touchstone("install");
        assertEquals(4, ended.exitCode());
        assertTrue(ended.err().startsWith("java.lang.IllegalStateException"));
        assertTrue(ended.err().contains("this is a bug in Touchstone"));
        assertTrue(ended.err().contains("open an issue"));
        assertFalse(ended.out().contains("Exception"));
    }

    @Test
    void labOpensJupyterLabBeforeTheNotebookAndInstallsQuietly() throws IOException {
        installJupyter("jupyter-notebook", "6.4.12");
        installJupyter("jupyter-lab", "4.2.5");
        Files.writeString(new Distribution(dist).archive(System.getProperty("java.version")), "made");
        Ended ended = touchstone("lab", "tour.ipynb", "--no-browser");
        assertEquals(0, ended.exitCode());
        assertEquals("", ended.err());
        assertEquals(programs + "/jupyter-lab tour.ipynb --no-browser\n", Files.readString(temp.resolve("opened")));
        assertTrue(Files.exists(userSpec().resolve("kernel.json")));
        Files.delete(programs.resolve("jupyter-lab"));
        touchstone("lab");
        assertEquals(programs + "/jupyter-notebook \n", Files.readString(temp.resolve("opened")));
    }

    @Test
    void labSaysWhatToInstallWhenThereIsNoJupyter() {
        Ended ended = touchstone("lab");
        assertEquals(4, ended.exitCode());
        assertEquals(
                "touchstone: there is no JupyterLab or Jupyter Notebook on PATH; install one of:"
                        + " pip install jupyterlab; conda install -c conda-forge jupyterlab;"
                        + " sudo apt-get install jupyter-notebook (Debian, Ubuntu). ./touchstone run needs neither"
                        + System.lineSeparator(),
                ended.err());
        assertFalse(Files.exists(userSpec()), "nothing is installed for nothing");
    }

    @Test
    void labWillNotOpenAnotherProgramsKernel() throws IOException {
        installJupyter("jupyter-lab", "4.2.5");
        installForeignSpec();
        Ended ended = touchstone("lab");
        assertEquals(4, ended.exitCode());
        assertTrue(ended.err().contains("belongs to \"Java\" (java)"));
        assertFalse(Files.exists(temp.resolve("opened")));
    }
}
