package touchstone.kernel.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.SPIResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs snippets in this JVM, on the thread that evaluates the cell. Results and exceptions are kept as objects: JShell
 * sees only a key. While user code runs the engine's lock is free, so completion answers during a long cell.
 */
final class SnippetControl extends DirectExecutionControl {
    private static final String WRAPPER_PREFIX = "REPL.$JShell$";

    private final SnippetLoader loader;
    private final ReentrantLock lock;
    private final Set<Thread> interrupted;
    private final Map<String, Object> results = new ConcurrentHashMap<>();
    private final AtomicLong nextKey = new AtomicLong();
    private static final ThreadLocal<@Nullable Throwable> THROWN = new ThreadLocal<>();
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();

    /** @param interrupted threads whose cell was interrupted, perhaps before its code began to run */
    SnippetControl(SnippetLoader loader, ReentrantLock lock, Set<Thread> interrupted) {
        this.loader = loader;
        this.lock = lock;
        this.interrupted = interrupted;
    }

    /** Stops every thread that is in user code now, and none that is not: an interrupt inside javac would break it. */
    void stopRunning() {
        synchronized (running) {
            running.forEach(Guard::stop);
        }
    }

    boolean isRunning() {
        return !running.isEmpty();
    }

    /** Runs code that may be stopped, without the lock. */
    <T extends @Nullable Object> T stoppable(Callable<T> code) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        boolean outermost = running.add(thread);
        if (interrupted.contains(thread)) {
            Guard.stop(thread);
        }
        int holds = releaseLock();
        try {
            thread.setContextClassLoader(loader);
            return code.call();
        } finally {
            thread.setContextClassLoader(before);
            if (outermost) {
                synchronized (running) {
                    running.remove(thread);
                    Thread.interrupted();
                }
            }
            for (int i = 0; i < holds; i++) {
                lock.lock();
            }
        }
    }

    /** The object behind a key that JShell was given as a value; a text that is no key stands for itself. */
    @Nullable
    Object takeResult(String key) {
        Object result = results.remove(key);
        return result == NULL ? null : result == null ? key : result;
    }

    /** What user code threw last on this thread; asking clears it. */
    @Nullable
    Throwable takeThrown() {
        Throwable throwable = THROWN.get();
        THROWN.remove();
        return throwable;
    }

    @Override
    public void load(ClassBytecodes[] classes) throws ClassInstallException {
        var installed = new boolean[classes.length];
        try {
            for (ClassBytecodes each : classes) {
                loader.declare(each.name(), each.bytecodes());
            }
            for (int i = 0; i < classes.length; i++) {
                loader.settle(classes[i].name());
                installed[i] = true;
            }
        } catch (ClassNotFoundException | LinkageError e) {
            throw new ClassInstallException("cannot define a class: " + e, installed);
        }
    }

    @Override
    public void redefine(ClassBytecodes[] classes) throws NotImplementedException {
        if (!Redefiner.redefine(loader, classes)) {
            throw new NotImplementedException("this change needs a new class");
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        return loader.loadClass(name);
    }

    @Override
    public void addToClasspath(String path) throws InternalException {
        for (String entry : path.split(java.io.File.pathSeparator, -1)) {
            try {
                loader.add(Path.of(entry).toUri().toURL());
            } catch (MalformedURLException e) {
                throw new InternalException("not a path: " + entry);
            }
        }
    }

    @Override
    protected String invoke(Method method) throws Exception {
        Object result = this.<@Nullable Object>stoppable(() -> method.invoke(null));
        String key = "touchstone-result-" + nextKey.incrementAndGet();
        results.put(key, result == null ? NULL : result);
        return key;
    }

    /** Passes on the snippet frames of the whole cause chain, which JShell translates to lines of snippets. */
    @Override
    protected String throwConvertedInvocationException(Throwable cause)
            throws ExecutionControl.RunException, ExecutionControl.InternalException {
        THROWN.set(cause);
        if (cause instanceof SPIResolutionException) {
            return super.throwConvertedInvocationException(cause);
        }
        throw new UserException(
                String.valueOf(cause.getMessage()),
                cause.getClass().getName(),
                snippetFrames(cause).toArray(StackTraceElement[]::new));
    }

    @Override
    protected String throwConvertedOtherException(Throwable cause)
            throws ExecutionControl.RunException, ExecutionControl.InternalException {
        return throwConvertedInvocationException(
                cause instanceof InvocationTargetException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : cause);
    }

    /** The frames of snippet code in a throwable, its causes and what it suppressed, in the order of a traceback. */
    static List<StackTraceElement> snippetFrames(Throwable throwable) {
        var frames = new ArrayList<StackTraceElement>();
        collect(throwable, frames, Collections.newSetFromMap(new IdentityHashMap<>()));
        return frames;
    }

    static boolean isSnippetFrame(StackTraceElement frame) {
        return frame.getClassName().startsWith(WRAPPER_PREFIX) && frame.getLineNumber() > 0;
    }

    private static void collect(@Nullable Throwable throwable, List<StackTraceElement> into, Set<Throwable> seen) {
        if (throwable == null || !seen.add(throwable)) {
            return;
        }
        for (StackTraceElement frame : throwable.getStackTrace()) {
            if (isSnippetFrame(frame)) {
                into.add(frame);
            }
        }
        collect(throwable.getCause(), into, seen);
        for (Throwable suppressed : throwable.getSuppressed()) {
            collect(suppressed, into, seen);
        }
    }

    private int releaseLock() {
        int holds = lock.getHoldCount();
        for (int i = 0; i < holds; i++) {
            lock.unlock();
        }
        return holds;
    }

    private static final Object NULL = new Object();
}
