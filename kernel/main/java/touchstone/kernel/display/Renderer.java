package touchstone.kernel.display;

/** Turns a value of one type into formats. {@code text/plain} need not be given: {@code String.valueOf} stands in. */
@FunctionalInterface
public interface Renderer<T> {
    /** Puts formats of {@code value} into {@code bundle}. */
    void render(T value, MimeBundle bundle) throws Exception;
}
