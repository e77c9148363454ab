package io.heddle.runtime.program;

import io.heddle.graph.Element;
import io.heddle.runtime.messages.MemoryMessages;
import io.heddle.runtime.tensor.NativeBuffer;
import io.heddle.runtime.tensor.Precision;

/** The memory that all programs of an engine compute in, one after the other; it grows and never shrinks. */
final class Arena {
    private final Precision precision;
    private NativeBuffer memory;

    Arena(Precision precision) {
        this.precision = precision;
        memory = NativeBuffer.allocate(precision.type(Element.Real), 1);
    }

    /** Makes sure that there is this much room; what was there before is lost if there was not. */
    void reserve(long bytes) {
        if (bytes > bytes()) {
            memory = NativeBuffer.allocate(
                    precision.type(Element.Real),
                    (bytes + precision.bytes() - 1) / precision.bytes(),
                    MemoryMessages.between());
        }
    }

    long bytes() {
        return memory.elements() * precision.bytes();
    }

    /** The memory as it is now; another object once it has grown. */
    NativeBuffer memory() {
        return memory;
    }
}
