package touchstone.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static touchstone.kernel.WireClient.array;
import static touchstone.kernel.WireClient.content;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import touchstone.kernel.WireClient.Answer;
import touchstone.kernel.protocol.Codec;
import touchstone.kernel.protocol.Message;

/** A real kernel process, asked over its sockets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KernelTest {
    @TempDir
    static Path folder;

    private WireClient kernel;

    @BeforeAll
    void start() throws Exception {
        kernel = new WireClient(folder, Map.of());
    }

    @AfterAll
    void stop() {
        kernel.close();
    }

    @Test
    void kernelInfoNamesLanguageAndProtocol() {
        JsonObject info =
                kernel.request("kernel_info_request", new JsonObject()).content();
        assertEquals("ok", info.get("status").getAsString());
        assertEquals("5.5", info.get("protocol_version").getAsString());
        JsonObject language = info.getAsJsonObject("language_info");
        assertEquals("java", language.get("name").getAsString());
        assertEquals(".jshell", language.get("file_extension").getAsString());
        assertEquals("text/x-java-source", language.get("mimetype").getAsString());
        assertEquals(
                "ok",
                kernel.requestOnControl("kernel_info_request", new JsonObject()).status());
    }

    @Test
    void aCellIsAnsweredInTheOrderOfTheProtocol() {
        Answer answer = kernel.execute("System.out.println(\"hi\");\n6 * 7");
        assertEquals(List.of("status", "execute_input", "stream", "execute_result", "status"), answer.types());
        assertEquals("42", answer.result());
        assertEquals("hi\n", answer.stream("stdout"));
        assertEquals("ok", answer.status());
        assertTrue(answer.content().has("payload") && answer.content().has("user_expressions"));
    }

    @Test
    void silentAndStoreHistoryKeepTheCounter() {
        int before = kernel.execute("1").content().get("execution_count").getAsInt();
        Answer silent = kernel.execute("System.out.println(1);\n1", "silent", true);
        assertEquals(List.of("status", "status"), silent.types());
        assertEquals(
                before,
                kernel.execute("1", "store_history", false)
                        .content()
                        .get("execution_count")
                        .getAsInt());
        assertEquals(
                before + 1, kernel.execute("1").content().get("execution_count").getAsInt());
    }

    @Test
    void userExpressionsAreEvaluatedOneByOne() {
        Answer answer = kernel.execute("int ue = 6;", "user_expressions", Map.of("a", "ue * 7", "b", "no_such_name"));
        JsonObject expressions = answer.content().getAsJsonObject("user_expressions");
        assertEquals(
                "42",
                expressions
                        .getAsJsonObject("a")
                        .getAsJsonObject("data")
                        .get("text/plain")
                        .getAsString());
        assertEquals("error", expressions.getAsJsonObject("b").get("status").getAsString());
    }

    @Test
    void aFailedCellAbortsWhatWaitsBehindItUnlessToldOtherwise() {
        kernel.execute("int done = 0;");
        String failing = kernel.submit("Thread.sleep(300);\nthrow new IllegalStateException(\"x\");");
        String second = kernel.submit("done++;");
        Answer failed = kernel.await(failing, "execute_reply", 20_000);
        assertEquals("error", failed.status());
        assertEquals(
                "java.lang.IllegalStateException", failed.content().get("ename").getAsString());
        assertEquals("aborted", kernel.await(second, "execute_reply", 20_000).status());
        assertEquals("0", kernel.execute("done").result());
        failing = kernel.submit("Thread.sleep(300);\nthrow new IllegalStateException(\"x\");", "stop_on_error", false);
        second = kernel.submit("done++;");
        kernel.await(failing, "execute_reply", 20_000);
        assertEquals("ok", kernel.await(second, "execute_reply", 20_000).status());
        assertEquals("1", kernel.execute("done").result());
    }

    @Test
    void inputIsAskedForAtTheFrontEnd() {
        kernel.typing("h\u00e9\u4e16 " + "y".repeat(20_000)).execute("var line = new Scanner(System.in).nextLine();");
        assertEquals("20004", kernel.execute("line.length()").result());
        assertEquals(
                "secret", kernel.typing("secret").execute("password(\"pw: \")").result());
        Answer denied = kernel.execute("System.in.read()", "allow_stdin", false);
        assertEquals("StdinNotAllowed", denied.content().get("ename").getAsString());
    }

    @Test
    void tenThousandLinesArriveWholeInOrderAndInFewMessages() {
        Answer answer = kernel.execute("for (int i = 0; i < 10_000; i++) System.out.println(\"line \" + i);");
        var expected = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            expected.append("line ").append(i).append('\n');
        }
        assertEquals(expected.toString(), answer.stream("stdout"));
        long messages = answer.types().stream().filter("stream"::equals).count();
        assertTrue(messages <= 30, messages + " messages");
    }

    @Test
    void aBackgroundThreadPrintsUnderItsOwnCell() {
        Answer first = kernel.execute("new Thread(() -> { try { Thread.sleep(400); } catch (InterruptedException e) { }"
                + " System.out.println(\"late\"); }).start();");
        assertNotNull(first.reply());
        String parent = first.reply().parentId();
        kernel.execute("Thread.sleep(800);");
        assertTrue(
                kernel.drain(200).stream()
                        .anyMatch(each -> each.type().equals("stream")
                                && each.parentId().equals(parent)
                                && each.content().get("text").getAsString().equals("late\n")),
                "the late line under the first cell");
    }

    @Test
    void anEndlessLoopIsInterruptedByMessage() throws Exception {
        kernel.execute("int keep = 41;");
        String id = kernel.submit("while (true) { keep++; }");
        Thread.sleep(400);
        assertEquals(
                "ok",
                kernel.requestOnControl("interrupt_request", new JsonObject()).status());
        assertEquals(
                "Interrupted",
                kernel.await(id, "execute_reply", 5_000).content().get("ename").getAsString());
        assertTrue(Integer.parseInt(kernel.execute("keep").result()) != 0);
    }

    @Test
    void displaysUpdateAndClear() {
        Answer answer = kernel.execute("var id = display(\"<b>1</b>\", \"text/html\");\nupdateDisplay(id, 2);\n"
                + "clearOutput(true);\ndisplay(3);");
        assertEquals(
                List.of(
                        "status",
                        "execute_input",
                        "display_data",
                        "update_display_data",
                        "clear_output",
                        "display_data",
                        "status"),
                answer.types());
        JsonObject shown = answer.published().get(2).content();
        assertEquals("<b>1</b>", shown.getAsJsonObject("data").get("text/html").getAsString());
        assertEquals(
                shown.getAsJsonObject("transient").get("display_id"),
                answer.published().get(3).content().getAsJsonObject("transient").get("display_id"));
    }

    @Test
    void historyIsKept() {
        kernel.execute("int historic = 1;");
        kernel.execute("historic + 100");
        var tail = array(
                kernel.request("history_request", content("hist_access_type", "tail", "n", 1, "output", true))
                        .content(),
                "history");
        var row = tail.get(0).getAsJsonArray();
        assertEquals("historic + 100", row.get(2).getAsJsonArray().get(0).getAsString());
        assertEquals("101", row.get(2).getAsJsonArray().get(1).getAsString());
        var found = array(
                kernel.request("history_request", content("hist_access_type", "search", "pattern", "int hist*"))
                        .content(),
                "history");
        assertEquals("int historic = 1;", found.get(0).getAsJsonArray().get(2).getAsString());
    }

    @Test
    void completionAndInspectionCountCodePoints() {
        String code = "String s = \"\ud83d\ude00\"; s.toUpp";
        JsonObject found = kernel.request(
                        "complete_request", content("code", code, "cursor_pos", code.codePointCount(0, code.length())))
                .content();
        assertEquals("toUpperCase", array(found, "matches").get(0).getAsString());
        assertEquals(
                code.length() - 1 - "toUpp".length(), found.get("cursor_start").getAsInt());
        JsonObject inspected = kernel.request(
                        "inspect_request", content("code", "System.out.println", "cursor_pos", 18, "detail_level", 0))
                .content();
        assertTrue(inspected.get("found").getAsBoolean());
        assertTrue(inspected
                .getAsJsonObject("data")
                .get("text/plain")
                .getAsString()
                .contains("println"));
    }

    @Test
    void magicsAndFilesAreCompletedToo() throws Exception {
        java.nio.file.Files.writeString(folder.resolve("data-file.csv"), "x");
        assertEquals("[\"%lsmagic\"]", matches("int x = 1;\n%lsm"));
        assertEquals("[\"%%loadFromPOM\"]", matches("%%loadF"));
        assertEquals("[\"data-file.csv\"]", matches("Path.of(\"" + folder + "/data-f"));
        assertTrue(matches("%lsmagic\nSystem.out.pr").contains("println"));
    }

    private String matches(String code) {
        return array(
                        kernel.request("complete_request", content("code", code, "cursor_pos", code.length()))
                                .content(),
                        "matches")
                .toString();
    }

    @Test
    void badMessagesAreSurvived() {
        Message wrong = Message.of("kernel_info_request", new JsonObject(), new JsonObject(), kernel.session);
        WireClient.sendFrames(kernel.shell, new Codec("wrong-key").encode(wrong));
        WireClient.sendFrames(kernel.shell, List.of(new byte[] {1, 2, 3}));
        kernel.send(kernel.shell, "no_such_request", new JsonObject());
        assertEquals(
                "error",
                kernel.request("complete_request", content("code", 5, "cursor_pos", "x"))
                        .status());
        assertEquals("error", kernel.execute("1", "code", 7).status());
        Message once =
                Message.of("execute_request", content("code", "int replay = 1;"), new JsonObject(), kernel.session);
        WireClient.sendFrames(kernel.shell, kernel.codec.encode(once));
        WireClient.sendFrames(kernel.shell, kernel.codec.encode(once));
        kernel.await(once.id(), "execute_reply", 5_000);
        assertFalse(
                kernel.drain(500).stream().anyMatch(each -> each.parentId().equals(once.id())), "a replay is ignored");
        var copy = new Message(
                List.of(), once.header(), new JsonObject(), new JsonObject(), content("code", "3 * 4"), List.of());
        WireClient.sendFrames(kernel.shell, kernel.codec.encode(copy));
        assertEquals(
                "12",
                kernel.await(once.id(), "execute_reply", 10_000).result(),
                "another message may have the same id: a manager and its client have copies of one session");
        assertEquals("2", kernel.execute("1+1").result());
    }

    @Test
    void anUnknownCommIsClosed() {
        String id = kernel.send(
                kernel.shell, "comm_open", content("comm_id", "c1", "target_name", "none", "data", Map.of()));
        assertTrue(kernel.drain(500).stream()
                .anyMatch(each ->
                        each.type().equals("comm_close") && each.parentId().equals(id)));
        assertTrue(
                kernel.request("comm_info_request", new JsonObject()).content().has("comms"));
    }

    @Test
    void aCommCarriesMessagesBothWays() {
        kernel.execute(
                "getKernelInstance().comms().register(\"echo\", (comm, first) -> comm.onMessage((data, buffers) -> {"
                        + " data.addProperty(\"back\", true); comm.send(data); }));");
        kernel.send(kernel.shell, "comm_open", content("comm_id", "c9", "target_name", "echo", "data", Map.of()));
        String id = kernel.send(kernel.shell, "comm_msg", content("comm_id", "c9", "data", Map.of("x", 1)));
        Message back = kernel.drain(1000).stream()
                .filter(each ->
                        each.type().equals("comm_msg") && each.parentId().equals(id))
                .findFirst()
                .orElseThrow();
        assertTrue(back.content().getAsJsonObject("data").get("back").getAsBoolean());
        assertTrue(kernel.request("comm_info_request", new JsonObject())
                .content()
                .getAsJsonObject("comms")
                .has("c9"));
        kernel.send(kernel.shell, "comm_close", content("comm_id", "c9", "data", Map.of()));
        kernel.drain(300);
        assertFalse(kernel.request("comm_info_request", new JsonObject())
                .content()
                .getAsJsonObject("comms")
                .has("c9"));
    }

    @Test
    void aThreadsExceptionIsPrintedUnderItsCell() {
        Answer answer = kernel.execute("var worker = Executors.newSingleThreadExecutor();\n"
                + "worker.execute(() -> {\n    int[] three = new int[3];\n    three[5] = 1;\n});\n"
                + "worker.shutdown();\nworker.awaitTermination(5, TimeUnit.SECONDS);\nThread.sleep(300);");
        int number = answer.content().get("execution_count").getAsInt();
        String printed = answer.stream("stderr").replaceAll("\u001b\\[[0-9;]*m", "");
        assertEquals(
                "Exception in thread \"pool-X-thread-1\"\n"
                        + "java.lang.ArrayIndexOutOfBoundsException: Index 5 out of bounds for length 3\n"
                        + "    at lambda (Cell In[" + number + "], line 4)\n       --> three[5] = 1;\n",
                printed.replaceAll("pool-\\d+", "pool-X"));
    }

    @Test
    void subshellsAreCounted() {
        var ids = new java.util.ArrayList<String>();
        Answer refused = kernel.requestOnControl("create_subshell_request", new JsonObject());
        while (refused.status().equals("ok") && ids.size() < 100) {
            ids.add(refused.content().get("subshell_id").getAsString());
            refused = kernel.requestOnControl("create_subshell_request", new JsonObject());
        }
        assertEquals(64, ids.size());
        assertEquals("error", refused.status());
        assertEquals(
                "create_subshell_request: there are 64 subshells, which is the most;"
                        + " delete one with delete_subshell_request",
                refused.content().get("evalue").getAsString());
        for (String id : ids) {
            kernel.requestOnControl("delete_subshell_request", content("subshell_id", id));
        }
        var list = kernel.requestOnControl("list_subshell_request", new JsonObject());
        assertEquals(0, array(list.content(), "subshell_id").size());
    }

    @Test
    void aSubshellAnswersWhileTheMainShellIsBusy() {
        assertTrue(kernel.request("kernel_info_request", new JsonObject())
                .content()
                .get("supported_features")
                .toString()
                .contains("kernel subshells"));
        kernel.execute("int shared = 5;");
        JsonObject created = kernel.requestOnControl("create_subshell_request", new JsonObject())
                .content();
        String subshell = created.get("subshell_id").getAsString();
        String busy = kernel.submit("Thread.sleep(2500);\nshared");
        Message ask =
                Message.of("execute_request", content("code", "shared = shared + 1"), new JsonObject(), kernel.session);
        ask.header().addProperty("subshell_id", subshell);
        long start = System.nanoTime();
        WireClient.sendFrames(kernel.shell, kernel.codec.encode(ask));
        assertEquals("ok", kernel.await(ask.id(), "execute_reply", 10_000).status());
        assertTrue(System.nanoTime() - start < 2_300_000_000L, "the subshell waited for the main shell");
        assertEquals("6", kernel.await(busy, "execute_reply", 10_000).result());
        var list = kernel.requestOnControl("list_subshell_request", new JsonObject())
                .content();
        assertEquals(1, array(list, "subshell_id").size());
        assertEquals(
                "ok",
                kernel.requestOnControl("delete_subshell_request", content("subshell_id", subshell))
                        .status());
        assertEquals(
                "error",
                kernel.requestOnControl("delete_subshell_request", content("subshell_id", subshell))
                        .status());
    }

    @Test
    void aSignalInterruptsToo() throws Exception {
        String id = kernel.submit("while (true);");
        Thread.sleep(500);
        new ProcessBuilder("kill", "-INT", Long.toString(kernel.process.pid()))
                .start()
                .waitFor();
        assertEquals("error", kernel.await(id, "execute_reply", 5_000).status());
        assertEquals("2", kernel.execute("1 + 1").result());
    }

    @Test
    void earlierResultsAndTextsCanBeUsed() {
        int number =
                kernel.execute("List.of(3, 4)").content().get("execution_count").getAsInt();
        assertEquals("2", kernel.execute("_.size()").result());
        assertEquals(
                "7",
                kernel.execute("Out[" + number + "].get(0) + Out[" + number + "].get(1)")
                        .result());
        assertEquals("List.of(3, 4)", kernel.execute("In[" + number + "]").result());
        assertEquals("12", kernel.execute("6 * 2").result());
        assertEquals("13", kernel.execute("_ + 1").result());
        assertEquals("a_b _ Out[1]", kernel.execute("\"a_b _ Out[1]\"").result());
        assertEquals(
                "In[99999] is not there: no such cell ran in this session",
                kernel.execute("In[99999]").content().get("evalue").getAsString());
        assertEquals(
                "MagicException",
                kernel.execute("Out[99999]").content().get("ename").getAsString());
    }

    @Test
    void aChangedSignatureIsNoted() {
        kernel.execute("int area(int r) { return r; }");
        String note = kernel.execute("double area(double r) { return 3 * r; }").stream("stdout");
        assertTrue(note.contains("the older area(int) is still there beside area(double)"), note);
        assertEquals(
                "",
                kernel
                        .execute("double area(double r) { return 4 * r; }\nint twice(int a) { return a; }\n"
                                + "int twice(long a) { return 1; }")
                        .stream("stdout")
                        .replace(note, ""));
    }

    @Test
    void ijavasFunctionsWork() {
        assertEquals("3", kernel.execute("eval(\"1 + 2\")").result());
        assertEquals("x=1", kernel.execute("printf(\"x=%d\", 1);").stream("stdout"));
        assertEquals("true", kernel.execute("getKernelInstance() != null").result());
        assertEquals("hello", kernel.execute("render(\"hello\")").result());
        assertTrue(kernel.execute("List<String> none = lineMagic(\"lsmagic\", List.of());").stream("stdout")
                .contains("%maven"));
        assertEquals("error", kernel.execute("eval(\"1 / 0\")").status());
    }

    @Test
    void aJarOnTheClassPathIsSeenAtOnce() {
        String jar = System.getProperty("java.class.path")
                .lines()
                .findFirst()
                .orElse("")
                .split(java.io.File.pathSeparator)[0];
        assertEquals(
                "ok",
                kernel.execute("%classpath " + jar + "\nimport java.util.*;\n1").status());
        Answer missing = kernel.execute("%jars no/such/*.jar");
        assertEquals("MagicException", missing.content().get("ename").getAsString());
        assertEquals(
                "%jars: nothing at no/such/*.jar",
                missing.content().get("evalue").getAsString());
    }

    @Test
    void aFrontEndThatComesBackTakesItsNameOver() throws Exception {
        try (var context = new ZContext(1)) {
            for (int i = 0; i < 3; i++) {
                ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
                socket.setIdentity("the same".getBytes(StandardCharsets.UTF_8));
                socket.setReceiveTimeOut(10_000);
                socket.connect(kernel.info.endpoint(kernel.info.controlPort()));
                String id = kernel.send(socket, "kernel_info_request", new JsonObject());
                Message reply = kernel.codec.decode(WireClient.frames(socket));
                assertEquals(id, reply.parentId());
            }
        }
    }

    @Test
    void environmentVariablesOfIJavaCountAndShutdownIsQuick() throws Exception {
        var environment = Map.of(
                "IJAVA_STARTUP_SCRIPT", "int fromStart = 5;",
                "IJAVA_TIMEOUT", "1500",
                "IJAVA_COMPILER_OPTS", "-Xlint:none",
                "IJAVA_CLASSPATH", "no/such.jar");
        try (var other = new WireClient(folder, environment)) {
            Answer first = other.execute("fromStart + 1");
            assertEquals("6", first.result());
            assertTrue(
                    first.stream("stdout").contains("IJAVA_CLASSPATH: nothing at no/such.jar"), first.stream("stdout"));
            assertEquals(
                    "TimeoutException",
                    other.execute("while (true);").content().get("ename").getAsString());
            assertEquals("2", other.execute("1 + 1").result());
            Answer down = other.requestOnControl("shutdown_request", content("restart", true));
            assertTrue(down.content().get("restart").getAsBoolean());
            assertTrue(other.process.waitFor(3, TimeUnit.SECONDS), "the kernel is gone after shutdown");
            assertEquals(0, other.process.exitValue());
        }
    }
}
