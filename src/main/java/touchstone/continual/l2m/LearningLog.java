package touchstone.continual.l2m;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import touchstone.util.Check;

/**
 * What a lifelong learner did and how it performed: its experiences in order. Incomplete experiences and those without a
 * performance are left out and counted.
 *
 * @param experiences in the order of the log
 * @param leftOut number of lines that were incomplete or had no performance
 */
public record LearningLog(List<Experience> experiences, int leftOut) {
    private static final String DATA = "data-log.tsv";
    private static final List<String> NEEDED =
            List.of("block_num", "exp_num", "block_type", "block_subtype", "task_name", "exp_status");

    public LearningLog {
        experiences = List.copyOf(experiences);
        Check.notNegative(leftOut, "leftOut");
    }

    /** A log of experiences; those of NaN performance are left out. */
    public static LearningLog of(List<Experience> experiences) {
        List<Experience> valued =
                experiences.stream().filter(e -> !Double.isNaN(e.performance())).toList();
        return new LearningLog(valued, experiences.size() - valued.size());
    }

    /**
     * Reads the published layout: {@code logger_info.json}, whose "metrics_columns" name the measures, and a
     * {@code data-log.tsv} in each numbered folder.
     *
     * @param folder of one lifetime or of one single-task expert
     * @param measure column to take as the performance, such as "performance"
     */
    public static LearningLog read(Path folder, String measure) {
        checkMeasure(folder.resolve("logger_info.json"), measure);
        List<Path> parts = parts(folder);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("no " + DATA + " below " + folder + "; name the folder of one run");
        }
        var experiences = new ArrayList<Experience>();
        int lines = 0;
        for (Path part : parts) {
            lines += new Table(part, measure).read(experiences);
        }
        return new LearningLog(experiences, lines - experiences.size());
    }

    /** Reads several runs, such as those of a single-task expert; folders in the given order. */
    public static List<LearningLog> readAll(List<Path> folders, String measure) {
        return folders.stream().map(f -> read(f, measure)).toList();
    }

    private static void checkMeasure(Path info, String measure) {
        try {
            List<String> names = measures(Files.readString(info));
            if (names.isEmpty()) {
                throw new IllegalArgumentException(info + " must be a JSON object with a list \"metrics_columns\"");
            }
            if (!names.contains(measure)) {
                throw new IllegalArgumentException(
                        "measure must be one of " + names + ", which " + info + " names; was " + measure);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + info, e);
        }
    }

    private static List<String> measures(String json) {
        try {
            JsonElement columns = JsonParser.parseString(json).getAsJsonObject().get("metrics_columns");
            return columns == null
                    ? List.of()
                    : columns.getAsJsonArray().asList().stream()
                            .map(JsonElement::getAsString)
                            .toList();
        } catch (JsonParseException | IllegalStateException e) {
            return List.of(); // not JSON, or no object with a list
        }
    }

    private static List<Path> parts(Path folder) {
        try (Stream<Path> below = Files.find(folder, 2, (p, a) -> p.endsWith(DATA))) {
            return below.sorted(Comparator.comparing((Path p) -> p.toString().length())
                            .thenComparing(Path::toString))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    /** One file of the log. */
    private static final class Table {
        private final Path file;
        private final String measure;
        private final Map<String, Integer> columns = new HashMap<>();

        Table(Path file, String measure) {
            this.file = file;
            this.measure = measure;
        }

        /** Adds the complete experiences; returns the number of lines. */
        int read(List<Experience> into) {
            List<String> lines;
            try {
                lines = Files.readAllLines(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
            header(lines.isEmpty() ? "" : lines.get(0));
            int count = 0;
            for (int i = 1; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    count++;
                    line(lines.get(i).split("\t", -1), i + 1, into);
                }
            }
            return count;
        }

        private void header(String line) {
            String[] names = line.split("\t", -1);
            for (int i = 0; i < names.length; i++) {
                columns.put(names[i].strip(), i);
            }
            for (String name :
                    Stream.concat(NEEDED.stream(), Stream.of(measure)).toList()) {
                if (!columns.containsKey(name)) {
                    throw new IllegalArgumentException(
                            file + " must have a column " + name + ", had " + Arrays.toString(names));
                }
            }
        }

        private void line(String[] cells, int number, List<Experience> into) {
            if (cells.length != columns.size()) {
                throw new IllegalArgumentException("line " + number + " of " + file + " must have " + columns.size()
                        + " columns, had " + cells.length);
            }
            try {
                String text = cell(cells, measure);
                double performance = text.isEmpty() ? Double.NaN : Double.parseDouble(text);
                if (cell(cells, "exp_status").equals("complete") && !Double.isNaN(performance)) {
                    into.add(new Experience(
                            Integer.parseInt(cell(cells, "block_num")),
                            learning(cell(cells, "block_type")),
                            cell(cells, "block_subtype"),
                            cell(cells, "task_name"),
                            Long.parseLong(cell(cells, "exp_num")),
                            performance));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + " of " + file + ": " + e.getMessage(), e);
            }
        }

        private String cell(String[] cells, String name) {
            return cells[columns.getOrDefault(name, 0)].strip();
        }

        private static boolean learning(String type) {
            return switch (type) {
                case "train" -> true;
                case "test" -> false;
                default -> throw new IllegalArgumentException("block_type must be train or test, was " + type);
            };
        }
    }
}
