package touchstone.kernel.javadoc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SourceSliceTest {
    private static String slice(String text, String name) {
        return SourceSlice.of(text, name).replaceAll("\\s+", " ").strip();
    }

    @Test
    void onlyMembersOfThatNameStayWithoutTheirBodies() {
        String text =
                """
                package p;
                /** Of { A. */
                @Foo({"a", "}"})
                class A<T extends B> extends C implements D {
                    int[] x = {1, 2}, y;
                    Runnable r = () -> { f(); };
                    /** f's } comment */
                    @Deprecated void f(int i) { if (i > 0) { g("}"); } char c = '{'; }
                    void g() { f(1); }
                    record R(int f) { R { } }
                    static { f(2); }
                    void record(int f) { }
                }
                """;
        assertEquals(
                "/** Of { A. */ @Foo({}) class A<T extends B> extends C implements D {"
                        + " /** f's } comment */ @Deprecated void f(int i) {} record R(int f) {}}",
                slice(text.replace("package p;\n", ""), "f"));
    }

    @Test
    void constantsStayWholeUpToTheirSemicolon() {
        assertEquals(
                "enum E { /** a */ A(1) {}, /** b */ B;}",
                slice("enum E { /** a */ A(1) { int z() { return 1; } }, /** b */ B; int q; }", "z"));
        assertEquals("enum E { A, B; int q() {}}", slice("enum E { A, B; int q() { return 1; } }", "q"));
    }

    @Test
    void textBlocksAndOpenEndsDoNotConfuse() {
        assertEquals(
                "class A { String f() {}}",
                slice("class A { String t = \"\"\"\n } \\\"\"\" {\n\"\"\"; String f() { return \"\\\"}\"; } }", "f"));
        assertEquals("class A { int f = 1", slice("class A { int f = 1", "f"));
    }
}
