package touchstone.ood;

/** What a streaming fit keeps of its rows. */
interface Summary {
    /** Takes rows in; the fit has checked them. */
    void add(Batch rows);

    /** Takes out rows that are in it. */
    void remove(Batch rows);

    /** The scorer of the rows in it, one or more. */
    Scorer scorer();
}
