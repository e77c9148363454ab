package io.heddle.runtime.data;

/** What to do with a pair that has nothing on one side. */
public enum EmptySides {
    /** Leave the pair out and count it. */
    SKIP,
    /** Tell each as a problem. */
    REFUSE
}
