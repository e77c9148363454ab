package io.heddle.runtime.train.data;

import io.heddle.runtime.data.DataMark;
import io.heddle.runtime.data.EvaluationBatches;
import io.heddle.runtime.data.TrainingBatches;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import java.util.List;
import java.util.Optional;

/** Data that is ready to train a model on, and to measure it with. */
public sealed interface TrainingData
        permits TextTask, MaskedTask, PairTask, LabelTask, PictureTask, BoxTask, GraphTask, RecordingTask,
        SpeakingTask {
    /** What is learned from, batch by batch. */
    TrainingBatches training();

    /**
     * What the model is measured on.
     *
     * @param step after how many steps it is measured: where batches are drawn, each has its own
     */
    EvaluationBatches validation(long step);

    /** Which tensor of a batch is which input of the model. */
    BatchFeed feed();

    /** What tells this data from other data; a checkpoint keeps it. */
    DataMark mark();

    /** The tokenizers that a checkpoint keeps; empty where nothing is text. */
    Optional<Tokenizers> tokenizers();

    /** What was left out and the like, in a line for the reader; each is said once. */
    List<String> remarks();
}
