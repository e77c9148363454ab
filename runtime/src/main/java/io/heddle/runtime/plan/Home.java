package io.heddle.runtime.plan;

/** Where a value lives. */
public sealed interface Home {
    /** In the arena that all programs of an engine share, this many bytes from its beginning. */
    record Arena(long offset) implements Home {}

    /** Where the weights are. */
    record Parameter(String name) implements Home {}

    /** Where the states are. */
    record State(String name) implements Home {}

    /** Where the caller writes before a run. */
    record Input(String name) implements Home {}

    /** Where the caller reads after a run. */
    record Output(String name) implements Home {}

    /** Filled once, when the program is bound; by the id of the value. */
    record Constant(int value) implements Home {}
}
