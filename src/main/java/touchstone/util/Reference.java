package touchstone.util;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The papers a class or a method follows: keys of {@code docs/references.bib}; a test checks that they exist. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Reference {
    /** Keys of {@code docs/references.bib}, the main one first. */
    String[] value();
}
