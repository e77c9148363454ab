package io.heddle.runtime.train;

import io.heddle.lowering.Purpose;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Executable;
import io.heddle.runtime.program.Program;
import io.heddle.runtime.program.States;
import io.heddle.runtime.train.data.BatchFeed;
import java.util.HashMap;
import java.util.Map;

/** The programs that measure a model batch by batch, each made once for its sizes. */
final class MeasuredPrograms {
    private final RunnableModel model;
    private final BatchFeed feed;

    /** By the number of rows: what one of them remembers is nothing to another. */
    private final Map<Integer, States> states = new HashMap<>();

    MeasuredPrograms(RunnableModel model, BatchFeed feed) {
        this.model = model;
        this.feed = feed;
    }

    /** A program that has run on a batch, without dropout; its loss is a sum. */
    Program run(Batch batch) {
        Executable executable = model.executable(Purpose.Evaluation);
        States rows = states.computeIfAbsent(batch.rows(), same -> feed.states(executable, batch));
        Program program = feed.bind(executable, rows, batch, 1);
        program.run();
        return program;
    }
}
