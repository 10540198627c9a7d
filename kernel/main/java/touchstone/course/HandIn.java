package touchstone.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import touchstone.notebook.NotebookException;

/** Points in time as nbgrader writes them: {@code 2026-11-30 23:59:00 UTC}, in {@code timestamp.txt} and for due dates. */
final class HandIn {
    private static final Pattern TIME = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d)(:\\d\\d)?(\\.\\d{1,9})?\\s*(UTC|Z|[+-]\\d\\d:?\\d\\d)?");
    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);

    private HandIn() {}

    /** When a submission was handed in, as its {@code timestamp.txt} says; empty when it has none. */
    static Optional<OffsetDateTime> of(Path folder) throws NotebookException {
        Path file = folder.resolve(Submission.TIMESTAMP);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(time(Files.readString(file).strip(), Submission.TIMESTAMP));
        } catch (IOException e) {
            throw NotebookException.usage("cannot read " + Submission.TIMESTAMP + ": " + e.getMessage() + ".");
        }
    }

    /** A point in time; that of UTC where the text names no zone. */
    static OffsetDateTime time(String text, String what) throws NotebookException {
        Matcher parts = TIME.matcher(text);
        if (parts.matches()) {
            String seconds = parts.group(3) == null ? ":00" : parts.group(3);
            String zone = parts.group(5) == null || parts.group(5).equals("UTC") ? "Z" : parts.group(5);
            try {
                return LocalDateTime.parse(parts.group(1) + "T" + parts.group(2) + seconds)
                        .atOffset(ZoneOffset.of(zone))
                        .withOffsetSameInstant(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                throw NotebookException.usage(what + " names no point in time: " + e.getMessage() + ".");
            }
        }
        throw NotebookException.usage(what + " must be a time such as 2026-11-30 23:59 UTC, was " + text + ".");
    }

    /** How long after the due date; zero when in time. */
    static Duration late(OffsetDateTime handedIn, OffsetDateTime due) {
        Duration after = Duration.between(due, handedIn);
        return after.isNegative() ? Duration.ZERO : after;
    }

    /** As nbgrader writes it. */
    static String text(OffsetDateTime time) {
        return WRITTEN.format(time.withOffsetSameInstant(ZoneOffset.UTC));
    }

    /** A duration in words, to the minute. */
    static String words(Duration duration) {
        long minutes = Math.max(1, duration.toMinutes());
        long days = minutes / 1440;
        long hours = minutes % 1440 / 60;
        if (days > 0) {
            return days + " d " + hours + " h";
        }
        return hours > 0 ? hours + " h " + minutes % 60 + " min" : minutes + " min";
    }
}
