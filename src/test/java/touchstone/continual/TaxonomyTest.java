package touchstone.continual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;
import touchstone.continual.Taxonomy.Leaf;
import touchstone.continual.strategy.Strategies;
import touchstone.continual.strategy.Strategy;

class TaxonomyTest {
    @Test
    void coverageIsAskedOfTheLeaves() {
        var tree = new Taxonomy<Integer>(
                "numbers",
                List.of(
                        new Leaf<>("parity", "even", n -> n % 2 == 0),
                        new Leaf<>("parity", "odd", n -> n % 2 != 0),
                        new Leaf<>("size", "above ten", n -> n > 10)));
        var things = new LinkedHashMap<String, Integer>();
        things.put("two", 2);
        things.put("eight", 8);
        things.put("minus three", -3);
        Taxonomy.Coverage coverage = tree.over(things);
        assertEquals(2, coverage.covered());
        assertEquals(2.0 / 3, coverage.share());
        Table table = coverage.table();
        assertEquals(
                "[two, eight, minus three, none]",
                "[" + String.join(", ", table.stringColumn("runnable").asList()) + "]");
        assertEquals(
                "[1.0, 0.0]", coverage.families().doubleColumn("share").asList().toString());
        assertEquals(Set.of(), coverage.homeless(things.keySet()));
        assertEquals(
                "leaves must not be empty, had 0 elements",
                assertThrows(IllegalArgumentException.class, () -> new Taxonomy<Integer>("", List.of()))
                        .getMessage());
    }

    /** A new strategy must be named in Strategies.all and find its leaf in Strategies.taxonomy. */
    @Test
    void everyStrategyHasAPlaceAndOneOnly() {
        Map<String, Strategy> all = Strategies.all();
        Set<String> written = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("touchstone.continual.strategy")
                        .stream()
                        .filter(c -> c.isAssignableTo(Strategy.class) && c.isRecord())
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> named = all.values().stream()
                .map(s -> s.getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(written, named);
        Taxonomy.Coverage coverage = Strategies.taxonomy().over(all);
        assertEquals(Set.of(), coverage.homeless(all.keySet()));
        long places = coverage.leaves().stream().mapToLong(l -> l.by().size()).sum();
        assertEquals(all.size(), places, "each on one leaf");
    }
}
