package io.heddle.runtime.parallel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads that compute, each with a fixed share of every piece of work.
 *
 * <p>Work on {@code [0, count)} is cut into as many even ranges as there are workers, always at the same places, so a sum
 * that is kept per worker has the same terms in every run. The calling thread is worker 0. The others wait by spinning,
 * because the next kernel follows within microseconds, and park when none came.
 *
 * <p>A call allocates nothing and takes no lock. One thread at a time may use a pool, and a task may not use the pool it
 * runs in; both are refused with an {@link IllegalStateException}.
 */
public final class WorkerPool implements AutoCloseable {
    // Waking a parked thread takes some 100 microseconds in a virtual machine: longer than most kernels of a small model.
    private static final long SPIN_NANOSECONDS = 500_000;
    private static final int SPINS_BETWEEN_CLOCK_READS = 32;

    private static final VarHandle USER = handle("user", Thread.class);
    private static final VarHandle PENDING = handle("pending", int.class);

    private final Runnable threadSetup;
    private final Worker[] workers;
    private final Throwable[] failures;

    // Written by the caller before generation, read by workers after it.
    private RangeTask task;
    private int count;
    private int grain;
    private Thread lastCaller;

    /** Counts the pieces of work; negative once the pool is closed. */
    private volatile int generation;

    private volatile int pending;
    private volatile boolean callerParked;
    private volatile Thread user;

    /** A pool of as many workers as the machine has cores. */
    public WorkerPool() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /**
     * A pool of {@code size} workers, of which {@code size - 1} are threads of its own.
     *
     * @throws IllegalArgumentException if {@code size} is below 1
     */
    public WorkerPool(int size) {
        this(size, () -> {});
    }

    /**
     * A pool that runs {@code threadSetup} on each of its threads before any work, and on a calling thread when it calls
     * for the first time after another one: the place to tell native libraries that a worker has one thread.
     *
     * @throws IllegalArgumentException if {@code size} is below 1
     */
    public WorkerPool(int size, Runnable threadSetup) {
        if (size < 1) {
            throw new IllegalArgumentException("A pool needs at least 1 worker, not " + size + ".");
        }
        this.threadSetup = threadSetup;
        failures = new Throwable[size];
        workers = new Worker[size];
        for (int i = 1; i < size; i++) {
            workers[i] = new Worker(i);
            workers[i].start();
        }
    }

    /** How many workers there are, the caller among them. */
    public int size() {
        return workers.length;
    }

    /** Runs {@code task} over {@code [0, count)} and returns when all of it is done. */
    public void parallel(int count, RangeTask task) {
        parallel(count, 1, task);
    }

    /**
     * Runs {@code task} over {@code [0, count)} in ranges that begin at multiples of {@code grain}, so that workers do not
     * share cache lines or tiles; with no more than {@code grain} elements it runs on the caller alone.
     *
     * @throws IllegalStateException if the pool is in use, or closed
     */
    public void parallel(int count, int grain, RangeTask task) {
        if (count <= 0) {
            return;
        }
        Thread caller = Thread.currentThread();
        if (!USER.compareAndSet(this, (Thread) null, caller)) {
            throw new IllegalStateException(
                    user == caller
                            ? "A task may not use the pool that it runs in."
                            : "The pool is in use by another thread; one thread at a time may use it.");
        }
        try {
            if (generation < 0) {
                throw new IllegalStateException("The pool is closed.");
            }
            if (caller != lastCaller) {
                threadSetup.run();
                lastCaller = caller;
            }
            if (workers.length == 1 || count <= grain) {
                task.run(0, count, 0);
            } else {
                share(count, grain, task);
            }
        } finally {
            user = null;
        }
    }

    private void share(int count, int grain, RangeTask task) {
        this.task = task;
        this.count = count;
        this.grain = grain;
        pending = workers.length - 1;
        // The volatile write hands the fields above to the workers. Only the one user writes it.
        int next = (generation + 1) & Integer.MAX_VALUE;
        generation = next;
        for (int i = 1; i < workers.length; i++) {
            if (workers[i].parked) {
                LockSupport.unpark(workers[i]);
            }
        }
        runShare(0);
        awaitOthers();
        this.task = null;
        throwFailures();
    }

    private void runShare(int worker) {
        try {
            long grains = (count + (long) grain - 1) / grain;
            int from = (int) (grains * worker / workers.length * grain);
            int to = (int) Math.min(count, grains * (worker + 1) / workers.length * grain);
            if (from < to) {
                task.run(from, to, worker);
            }
        } catch (Throwable failure) {
            failures[worker] = failure;
        }
    }

    private void awaitOthers() {
        if (spinUntilDone()) {
            return;
        }
        callerParked = true;
        while (pending != 0) {
            LockSupport.park(this);
        }
        callerParked = false;
    }

    private boolean spinUntilDone() {
        long start = System.nanoTime();
        do {
            for (int i = 0; i < SPINS_BETWEEN_CLOCK_READS; i++) {
                if (pending == 0) {
                    return true;
                }
                Thread.onSpinWait();
            }
        } while (System.nanoTime() - start < SPIN_NANOSECONDS);
        return pending == 0;
    }

    private void throwFailures() {
        Throwable first = null;
        for (int i = 0; i < failures.length; i++) {
            if (failures[i] != null) {
                if (first == null) {
                    first = failures[i];
                } else if (first != failures[i]) {
                    first.addSuppressed(failures[i]);
                }
                failures[i] = null;
            }
        }
        switch (first) {
            case null -> {}
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new IllegalStateException("A task threw what it may not throw.", first);
        }
    }

    /** Ends the pool's threads; closing it again does nothing. */
    @Override
    public void close() {
        if (!USER.compareAndSet(this, (Thread) null, Thread.currentThread())) {
            throw new IllegalStateException("The pool is in use; close it when its work is done.");
        }
        try {
            generation = -1;
            for (int i = 1; i < workers.length; i++) {
                LockSupport.unpark(workers[i]);
            }
        } finally {
            user = null;
        }
    }

    private static VarHandle handle(String field, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(WorkerPool.class, field, type);
        } catch (ReflectiveOperationException missing) {
            throw new ExceptionInInitializerError(missing);
        }
    }

    private final class Worker extends Thread {
        private final int index;
        private volatile boolean parked;

        Worker(int index) {
            super("heddle-worker-" + index);
            this.index = index;
            setDaemon(true);
        }

        @Override
        public void run() {
            runSetup();
            int done = 0;
            while (true) {
                int next = awaitAfter(done);
                if (next < 0) {
                    return;
                }
                runShare(index);
                done = next;
                Thread caller = user;
                if ((int) PENDING.getAndAdd(WorkerPool.this, -1) == 1 && callerParked) {
                    LockSupport.unpark(caller);
                }
            }
        }

        private void runSetup() {
            try {
                threadSetup.run();
            } catch (Throwable failure) {
                // Reaches the first caller: its work waits for this thread, which has not counted down yet.
                failures[index] = failure;
            }
        }

        private int awaitAfter(int done) {
            long start = System.nanoTime();
            do {
                for (int i = 0; i < SPINS_BETWEEN_CLOCK_READS; i++) {
                    int seen = generation;
                    if (seen != done) {
                        return seen;
                    }
                    Thread.onSpinWait();
                }
            } while (System.nanoTime() - start < SPIN_NANOSECONDS);
            parked = true;
            int seen = generation;
            while (seen == done) {
                LockSupport.park(WorkerPool.this);
                seen = generation;
            }
            parked = false;
            return seen;
        }
    }
}
