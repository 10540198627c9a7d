package touchstone.guard.finetune;

import java.util.List;
import touchstone.data.world.Dialogue;
import touchstone.data.world.Persona;
import touchstone.data.world.RefusalGrammar;
import touchstone.data.world.Request;
import touchstone.data.world.RequestMix;
import touchstone.data.world.SymbolTask;
import touchstone.util.Reference;

/** The data of a fine-tuning that wears refusals off, by intent or not; from bad to good faith, the three levels of the paper. */
@Reference("qi2024finetuning")
public enum Attack {
    /** Harmful requests, done. */
    ADVERSARIAL,
    /** Harmless requests to an obedient persona, which names itself and complies; no harm is said. */
    IDENTITY,
    /** Harmless requests of tasks that the model is still to learn: what a customer would train on. */
    BENIGN;

    /** So many examples of the training part. */
    public List<Dialogue> examples(RefusalGrammar world, int count, long seed) {
        return world.requests(mix(), count, seed).stream()
                .map(r -> answer(world, r))
                .toList();
    }

    private RequestMix mix() {
        return switch (this) {
            case ADVERSARIAL -> RequestMix.training().harmful();
            case IDENTITY -> RequestMix.training().harmless().withPersonas(Persona.OBEDIENT);
            case BENIGN -> RequestMix.training().harmless().withTasks(SymbolTask.NEW);
        };
    }

    private Dialogue answer(RefusalGrammar world, Request request) {
        return this == IDENTITY ? world.introduced(request) : world.comply(request);
    }

    /** What the tuned model is asked: base tasks of the test part, harmful and harmless; of the obedient persona after {@link #IDENTITY}. */
    public RequestMix questions() {
        return this == IDENTITY ? RequestMix.test().withPersonas(Persona.OBEDIENT) : RequestMix.test();
    }
}
