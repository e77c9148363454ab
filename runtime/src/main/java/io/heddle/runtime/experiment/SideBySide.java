package io.heddle.runtime.experiment;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Does many things, several at once. */
final class SideBySide {
    private SideBySide() {}

    /** One thing, which ends early and in order when it is asked to. */
    interface Work<Thing> {
        void of(Thing thing, BooleanSupplier stop);
    }

    /**
     * Does all of it, the first things first. Where one fails, those that run are asked to stop, the others are not begun, and
     * its failure is thrown when all have ended.
     *
     * @param stop asked before each thing, and by the work itself
     */
    static <Thing> void run(int atOnce, List<Thing> things, BooleanSupplier stop, Work<Thing> work) {
        AtomicBoolean failed = new AtomicBoolean();
        BooleanSupplier ends = () -> failed.get() || stop.getAsBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            List<Future<?>> all = things.stream()
                    .<Future<?>>map(thing -> threads.submit(() -> {
                        if (!ends.getAsBoolean()) {
                            attempt(thing, ends, work, failed);
                        }
                    }))
                    .toList();
            all.forEach(SideBySide::await);
        }
    }

    private static <Thing> void attempt(Thing thing, BooleanSupplier stop, Work<Thing> work, AtomicBoolean failed) {
        try {
            work.of(thing, stop);
        } catch (RuntimeException | Error failure) {
            failed.set(true);
            throw failure;
        }
    }

    private static void await(Future<?> future) {
        try {
            future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case Throwable cause -> throw new IllegalStateException(cause);
            }
        }
    }
}
