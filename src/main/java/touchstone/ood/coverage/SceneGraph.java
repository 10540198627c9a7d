package touchstone.ood.coverage;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import touchstone.util.Check;

/**
 * A scene as a graph: entities with a type and attributes, and directed relations between them.
 *
 * @param entities of the scene, one or more
 * @param relations between different entities, by their places in {@code entities}
 */
public record SceneGraph(List<Entity> entities, List<Relation> relations) {
    public SceneGraph {
        Check.nonEmpty(entities.size(), "entities");
        entities = List.copyOf(entities);
        relations = List.copyOf(relations);
        for (int i = 0; i < relations.size(); i++) {
            Relation r = relations.get(i);
            Check.index(r.from(), entities.size(), "relations[" + i + "].from");
            Check.index(r.to(), entities.size(), "relations[" + i + "].to");
            if (r.from() == r.to()) {
                throw new IllegalArgumentException(
                        "relations[" + i + "] must join two entities, both were " + r.from());
            }
        }
    }

    /**
     * Something in a scene.
     *
     * @param type such as {@code car}
     * @param attributes such as {@code speed} to {@code slow}
     */
    public record Entity(String type, Map<String, String> attributes) {
        public Entity {
            Check.nonEmpty(type.length(), "type");
            attributes = Map.copyOf(attributes);
        }

        /** An entity without attributes. */
        public static Entity of(String type) {
            return new Entity(type, Map.of());
        }

        /** Type and attributes in alphabetical order, such as {@code car[speed=slow]}. */
        public String label() {
            return attributes.isEmpty()
                    ? type
                    : new TreeMap<>(attributes)
                            .entrySet().stream()
                                    .map(a -> a.getKey() + "=" + a.getValue())
                                    .collect(Collectors.joining(", ", type + "[", "]"));
        }
    }

    /**
     * How one entity stands to another.
     *
     * @param from place of the one
     * @param name such as {@code ahead of}
     * @param to place of the other
     */
    public record Relation(int from, String name, int to) {}
}
