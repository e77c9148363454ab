package io.heddle.runtime.backend;

/** One node of a program, bound to its memory. */
@FunctionalInterface
public interface Kernel {
    /** Computes the node's outputs from what its inputs hold now. */
    void run();
}
