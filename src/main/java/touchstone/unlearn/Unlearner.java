package touchstone.unlearn;

/** A method that takes a trained model and gives one that should behave as if it had never seen the forget set. */
public interface Unlearner {
    /** The method's name, fit for a table. */
    String name();

    /**
     * Unlearns.
     *
     * @param model trained on both parts of the split; not changed
     * @return a new model
     */
    ForgetModel unlearn(ForgetModel model, ForgetSplit split);
}
