/** Graphs that run: engines, executables and programs, and the memory of weights and states that they share. */
package io.heddle.runtime.program;
