package touchstone.kernel.magic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PomReaderTest {
    private static final String ONE =
            "<dependency><groupId>g</groupId><artifactId>a</artifactId><version>1</version></dependency>";

    private static List<String> coordinates(String xml) {
        return PomReader.read(xml).dependencies().stream()
                .map(PomReader.PomDependency::coordinate)
                .toList();
    }

    @Test
    void piecesOfAPomAreTaken() {
        assertEquals(List.of("g:a:jar:1"), coordinates(ONE));
        assertEquals(List.of("g:a:jar:1", "g:a:jar:1"), coordinates("<dependencies>" + ONE + ONE + "</dependencies>"));
        PomReader.Pom pom = PomReader.read("<repository><id>r</id><url>file:///repo</url></repository>" + ONE);
        assertEquals(Map.of("r", "file:///repo"), pom.repositories());
        assertEquals(1, pom.dependencies().size());
    }

    @Test
    void propertiesManagedVersionsScopesAndExclusionsCount() {
        PomReader.Pom pom = PomReader.read(
                """
                <?xml version="1.0"?>
                <project><modelVersion>4.0.0</modelVersion>
                  <properties><v>2.5</v></properties>
                  <dependencyManagement><dependencies>
                    <dependency><groupId>m</groupId><artifactId>n</artifactId><version>7</version></dependency>
                  </dependencies></dependencyManagement>
                  <dependencies>
                    <dependency><groupId>g</groupId><artifactId>a</artifactId><version>${v}</version>
                      <classifier>tests</classifier>
                      <exclusions><exclusion><groupId>x</groupId><artifactId>y</artifactId></exclusion></exclusions>
                    </dependency>
                    <dependency><groupId>m</groupId><artifactId>n</artifactId></dependency>
                    <dependency><groupId>t</groupId><artifactId>t</artifactId><version>1</version><scope>test</scope></dependency>
                  </dependencies>
                </project>
                """);
        assertEquals("g:a:jar:tests:2.5", pom.dependencies().get(0).coordinate());
        assertEquals(List.of("x:y"), pom.dependencies().get(0).exclusions());
        assertEquals("m:n:jar:7", pom.dependencies().get(1).coordinate());
        assertEquals(2, pom.dependencies().size());
    }

    @Test
    void aMissingVersionAndBrokenXmlAreExplained() {
        var noVersion = assertThrows(
                MagicException.class,
                () -> PomReader.read("<dependency><groupId>g</groupId><artifactId>a</artifactId></dependency>"));
        assertTrue(noVersion.getMessage().contains("no version for g:a"), noVersion.getMessage());
        assertThrows(MagicException.class, () -> PomReader.read("<dependencies><depend"));
    }
}
