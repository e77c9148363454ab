package io.heddle.bench.kernel;

import io.heddle.runtime.tensor.NativeBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Memory whose addresses are handed around, held so that it is not collected. */
final class Kept {
    private static final List<NativeBuffer> ALL = new CopyOnWriteArrayList<>();

    private Kept() {}

    static NativeBuffer keep(NativeBuffer buffer) {
        ALL.add(buffer);
        return buffer;
    }
}
