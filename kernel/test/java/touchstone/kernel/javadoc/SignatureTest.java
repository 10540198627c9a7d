package touchstone.kernel.javadoc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import touchstone.kernel.javadoc.Signature.Kind;
import touchstone.kernel.javadoc.Signature.Parameter;

class SignatureTest {
    @Test
    void methodsAreTakenApart() {
        assertEquals(
                new Signature(
                        Kind.METHOD,
                        "Map",
                        "entry",
                        List.of(new Parameter("K", "k"), new Parameter("Map.Entry<K,V>[]", "v"))),
                Signature.parse(
                        "Map.Entry<K,V> Map<K, V>.<K, V extends List<? super K>>entry(K k, Map.Entry<K,V>[] v)"));
        assertEquals(
                List.of("Entry[]", "int", "String[]"),
                Signature.parse("void A.f(java.util.Map.Entry<K, V>[], int i, String... more) throws x.E")
                        .erasedTypes());
        assertEquals(new Signature(Kind.METHOD, "", "foo", List.of()), Signature.parse("int foo()"));
    }

    @Test
    void constructorsFieldsAndTypesAreToldApart() {
        assertEquals(
                new Signature(Kind.CONSTRUCTOR, "ArrayList", "<init>", List.of(new Parameter("int", ""))),
                Signature.parse("ArrayList<E>(int)"));
        assertEquals(
                new Signature(Kind.FIELD, "System", "out", List.of()),
                Signature.parse("System.out:java.io.PrintStream"));
        assertEquals(
                new Signature(Kind.TYPE_OR_CONSTANT, "java.util.Map.Entry", "", List.of()),
                Signature.parse("java.util.Map.Entry<K, V>"));
    }

    @Test
    void aReaderSeesNamesAndNoPackages() {
        assertEquals(
                "<E> List<E> List.of(E e1, Map.Entry<E, int[]>... more)",
                Signature.shown(
                        "java.util.List<E> List<E>.<E>of(E, java.util.Map.Entry<E, int[]>...)", List.of("e1", "more")));
        assertEquals("int Math.max(int a, int b)", Signature.shown("int Math.max(int a, int b)", List.of("x", "y")));
        assertEquals("void A.f(int)", Signature.shown("void A.f(int)", List.of()));
        assertEquals("void A.f(int i)", Signature.shown("void A.f(int arg0)", List.of("i")));
        assertEquals("java.util.List<E>", Signature.shown("java.util.List<E>", List.of()));
        assertEquals("String foo()", Signature.shown("String foo()", List.of()));
    }
}
