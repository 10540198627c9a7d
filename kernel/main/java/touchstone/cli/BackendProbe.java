package touchstone.cli;

import com.google.gson.JsonObject;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Loads ND4J's native code, multiplies two matrices and prints what it found as one line of JSON. The doctor runs it
 * in a JVM of its own, with the library on the class path: a crash of native code is then a finding like any other.
 */
final class BackendProbe {
    private BackendProbe() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Class<?> nd4j = Class.forName("org.nd4j.linalg.factory.Nd4j");
        Class<?> array = Class.forName("org.nd4j.linalg.api.ndarray.INDArray");
        Object ones = nd4j.getMethod("ones", int[].class).invoke(null, (Object) new int[] {3, 3});
        Object product = array.getMethod("mmul", array).invoke(ones, ones);
        var sum = (Number) array.getMethod("sumNumber").invoke(product);
        var json = new JsonObject();
        json.addProperty(
                "backend", nd4j.getMethod("getBackend").invoke(null).getClass().getSimpleName());
        json.addProperty("sum", sum.doubleValue());
        Object executioner = nd4j.getMethod("getExecutioner").invoke(null);
        var environment = (Map<?, ?>) Class.forName("org.nd4j.linalg.api.ops.executioner.OpExecutioner")
                .getMethod("getEnvironmentInformation")
                .invoke(executioner);
        var facts = new JsonObject();
        new TreeMap<Object, Object>(environment)
                .forEach((key, value) -> facts.addProperty(String.valueOf(key), String.valueOf(value)));
        json.add("environment", facts);
        out.println(json);
    }
}
