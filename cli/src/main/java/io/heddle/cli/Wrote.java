package io.heddle.cli;

import io.heddle.runtime.generate.DraftCounts;
import io.heddle.runtime.generate.Written;
import java.util.Optional;

/**
 * How a model has written.
 *
 * @param end why there is no more of it
 * @param tokens how many were written, the end token included
 * @param draft how its draft has done, where it had one
 */
record Wrote(Written.End end, int tokens, Optional<DraftCounts> draft) {}
