package io.heddle.runtime.backend.portable;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The threads inside of ND4J: one, because a sum whose parts change with the load is not the same twice. */
final class Nd4jThreads {
    private Nd4jThreads() {}

    static void useOne() {
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    }
}
