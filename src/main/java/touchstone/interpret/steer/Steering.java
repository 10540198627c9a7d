package touchstone.interpret.steer;

import java.util.ArrayList;
import java.util.List;
import touchstone.util.Check;

/**
 * A map for each place of a model that is steered, in order from its inputs to its outputs.
 *
 * @param maps one a place, one or more
 */
public record Steering(List<UnitMap> maps) {
    public Steering {
        Check.nonEmpty(maps.size(), "maps");
        maps = List.copyOf(maps);
    }

    /** Identities. */
    public static Steering none(List<Integer> widths) {
        return new Steering(List.copyOf(widths.stream().map(AffineMap::identity).toList()));
    }

    /** Another map at one place. */
    public Steering with(int place, UnitMap map) {
        Check.index(place, maps.size(), "place");
        Check.sameLength(map.width(), "map", maps.get(place).width(), "units of the place");
        var all = new ArrayList<>(maps);
        all.set(place, map);
        return new Steering(all);
    }

    /** Number of units, over all places, whose map is not the identity. */
    public int changed() {
        return maps.stream().mapToInt(UnitMap::changed).sum();
    }

    /** The maps as affine ones; demands that they are. */
    List<AffineMap> affine() {
        var all = new ArrayList<AffineMap>();
        for (int p = 0; p < maps.size(); p++) {
            if (!(maps.get(p) instanceof AffineMap map)) {
                throw new IllegalArgumentException("steering must have an affine map at place " + p
                        + " for gradients, had a " + maps.get(p).getClass().getSimpleName());
            }
            all.add(map);
        }
        return all;
    }

    void demandFits(List<Integer> widths) {
        Check.sameLength(maps.size(), "maps of the steering", widths.size(), "places of the model");
        for (int p = 0; p < widths.size(); p++) {
            Check.sameLength(maps.get(p).width(), "map " + p, widths.get(p), "units of its place");
        }
    }
}
