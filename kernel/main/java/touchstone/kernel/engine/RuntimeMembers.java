package touchstone.kernel.engine;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The public methods of a value's class that code can call, each with a type that declares it and can be named. */
final class RuntimeMembers {
    private RuntimeMembers() {}

    /** Method names, without those of Object, and the type to cast to. */
    static Map<String, String> of(Object value) {
        var members = new TreeMap<String, String>();
        for (Method method : value.getClass().getMethods()) {
            if (method.getDeclaringClass() == Object.class || Modifier.isStatic(method.getModifiers())) {
                continue;
            }
            String type = nameable(value.getClass(), method);
            if (type != null) {
                members.merge(method.getName(), type, (a, b) -> a.length() <= b.length() ? a : b);
            }
        }
        return members;
    }

    private static @Nullable String nameable(Class<?> type, Method method) {
        if (canBeNamed(type)) {
            return type.getCanonicalName();
        }
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (canBeNamed(each) && declares(each, method)) {
                return each.getCanonicalName();
            }
            for (Class<?> contract : each.getInterfaces()) {
                if (canBeNamed(contract) && declares(contract, method)) {
                    return contract.getCanonicalName();
                }
            }
        }
        return null;
    }

    private static boolean canBeNamed(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && type.getCanonicalName() != null
                && !type.isHidden()
                && type.getModule().isExported(type.getPackageName())
                && !type.getName().startsWith("REPL.");
    }

    private static boolean declares(Class<?> type, Method method) {
        try {
            type.getMethod(method.getName(), method.getParameterTypes());
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
