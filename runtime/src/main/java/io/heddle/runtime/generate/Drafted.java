package io.heddle.runtime.generate;

/** A sequence that was written with a draft, and how that has done. */
public record Drafted(Written written, DraftCounts counts) {}
