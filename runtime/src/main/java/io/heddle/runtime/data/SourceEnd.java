package io.heddle.runtime.data;

/** Whether a source sentence is closed by the end token. */
public enum SourceEnd {
    /** The encoder reads the sentence and the end token, as in JoeyNMT and Marian. */
    APPENDED,
    /** The encoder reads the sentence alone. */
    NONE
}
