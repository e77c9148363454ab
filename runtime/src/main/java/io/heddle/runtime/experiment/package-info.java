/** Comparisons: many trainings side by side, what is recorded of them, and where it is kept. */
package io.heddle.runtime.experiment;
