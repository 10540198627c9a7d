package touchstone.ood.coverage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import touchstone.ood.coverage.SceneGraph.Entity;
import touchstone.ood.coverage.SceneGraph.Relation;

class CoverageTest {
    private static final Entity EGO = Entity.of("ego");
    private static final Entity SLOW = new Entity("car", Map.of("speed", "slow"));
    private static final Entity BUS = Entity.of("bus");

    /** A slow car ahead of ego. */
    private static final SceneGraph CAR = new SceneGraph(List.of(EGO, SLOW), List.of(new Relation(1, "ahead of", 0)));
    /** The same, and a bus ahead of the car. */
    private static final SceneGraph QUEUE = new SceneGraph(
            List.of(SLOW, BUS, EGO), List.of(new Relation(0, "ahead of", 2), new Relation(1, "ahead of", 0)));

    @Test
    void subscenesByHand() {
        String pair = "car[speed=slow] -ahead of-> ego";
        assertEquals(
                Map.of("ego", 1, "car[speed=slow]", 1, pair, 1),
                SubsceneQuery.defaults().of(CAR));
        assertEquals(
                Map.of(pair, 1, "bus -ahead of-> car[speed=slow]", 1),
                SubsceneQuery.defaults().withSingles(false).of(QUEUE));
        assertEquals(
                Map.of("car", 1, "bus", 1, "ego", 1),
                SubsceneQuery.defaults().withSize(1).withAttributes(false).of(QUEUE));
        Map<String, Integer> three = SubsceneQuery.defaults().withSize(3).of(QUEUE);
        assertEquals(6, three.size());
        assertEquals(1, three.get("bus, car[speed=slow], ego: [0 ahead of 1, 1 ahead of 2]"));
    }

    /** Neither the order of entities nor that of relations changes a type. */
    @Test
    void orderDoesNotMatter() {
        var turned = new SceneGraph(
                List.of(EGO, BUS, SLOW), List.of(new Relation(1, "ahead of", 2), new Relation(2, "ahead of", 0)));
        assertEquals(
                SubsceneQuery.defaults().withSize(3).of(QUEUE),
                SubsceneQuery.defaults().withSize(3).of(turned));
        // direction does: the car ahead of the bus is another scene
        var other = new SceneGraph(
                List.of(EGO, BUS, SLOW), List.of(new Relation(2, "ahead of", 1), new Relation(2, "ahead of", 0)));
        assertTrue(!SubsceneQuery.defaults()
                .of(QUEUE)
                .equals(SubsceneQuery.defaults().of(other)));
    }

    /**
     * Trained on CAR four times and QUEUE once, target 4: of QUEUE's five sub-scenes ego, car and their pair are covered, bus
     * and its pair to a quarter: coverage 3.5 / 5. Scenes have 3 sub-scenes (median) or 5: complexity 5 / 8.
     */
    @Test
    void competenceByHand() {
        CoverageIndex index = CoverageIndex.fit(SubsceneQuery.defaults(), 4, List.of(CAR, CAR, QUEUE, CAR, CAR));
        Competence queue = index.of(QUEUE);
        assertEquals(0.7, queue.coverage(), 1e-12);
        assertEquals(0.625, queue.complexity(), 1e-12);
        assertEquals(0.7 * 0.375, queue.value(), 1e-12);
        assertEquals(
                List.of(
                        new Competence.Gap("bus", 1, 1, 4),
                        new Competence.Gap("bus -ahead of-> car[speed=slow]", 1, 1, 4)),
                queue.gaps());
        Competence car = index.of(CAR);
        assertEquals(0.5, car.value(), 1e-12);
        assertEquals(List.of(), car.gaps());
        assertArrayEquals(new double[] {0.5, 1 - 0.2625}, index.scores(List.of(CAR, QUEUE)), 1e-12);
        assertEquals(5, index.count("ego"));
        assertEquals(0, index.count("tram"));
        assertEquals(5, index.types());
    }

    /** More training never lowers the coverage. */
    @Test
    void coverageGrowsWithTraining() {
        SceneWorld world = SceneWorld.defaults();
        List<SceneGraph> train =
                world.scenes("train", 200).stream().map(SceneWorld.Scene::graph).toList();
        CoverageIndex few = CoverageIndex.fit(SubsceneQuery.defaults(), 10, train.subList(0, 50));
        CoverageIndex many = CoverageIndex.fit(SubsceneQuery.defaults(), 10, train);
        for (SceneWorld.Scene scene : world.scenes("test", 50)) {
            assertTrue(
                    few.of(scene.graph()).coverage() <= many.of(scene.graph()).coverage() + 1e-12);
        }
    }

    /** Without interaction the action is linear in the features: a planner of many scenes errs by the noise alone. */
    @Test
    void thePlannerLearnsWhatIsLinear() {
        var world = new SceneWorld(6, 0, 0, 3);
        RidgePlanner planner = RidgePlanner.fit(world.scenes("train", 3000), 1e-6);
        double mean = Arrays.stream(planner.errors(world.scenes("test", 500)))
                .average()
                .orElse(1);
        // the length of two normal numbers of deviation 0.1 is 0.1 sqrt(pi / 2) on average
        assertEquals(0.1 * Math.sqrt(Math.PI / 2), mean, 0.015); // five standard errors, and 2 % for the fit
    }

    @Test
    void theWorldIsFixedByItsSeed() {
        SceneWorld world = SceneWorld.defaults();
        assertEquals(world.scenes("a", 3), world.scenes("a", 5).subList(0, 3));
        assertTrue(!world.scenes("a", 3).equals(world.withSeed(2).scenes("a", 3)));
        assertEquals(60, SceneWorld.configurations());
        SceneWorld.Scene scene = world.shifted("a", 1).get(0);
        assertEquals(61, scene.features().size());
        assertEquals(scene.graph().entities().size() - 1, (int)
                (double) scene.features().get(60));
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals(
                "relations[0].to must lie in [0, 1), was 1",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new SceneGraph(List.of(EGO), List.of(new Relation(0, "near", 1))))
                        .getMessage());
        assertEquals(
                "size must be at most 4, was 5",
                assertThrows(IllegalArgumentException.class, () -> SubsceneQuery.defaults()
                                .withSize(5))
                        .getMessage());
        assertEquals(
                "training scenes must not be empty, had 0 elements",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> CoverageIndex.fit(SubsceneQuery.defaults(), 4, List.of()))
                        .getMessage());
        var lonely = new SceneGraph(List.of(EGO), List.of());
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> CoverageIndex.fit(SubsceneQuery.defaults().withSingles(false), 4, List.of(lonely)))
                .getMessage()
                .startsWith("the median training scene must hold a sub-scene"));
    }
}
