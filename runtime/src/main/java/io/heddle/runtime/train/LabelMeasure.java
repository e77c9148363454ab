package io.heddle.runtime.train;

import io.heddle.lowering.Names;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.IntTensor;
import io.heddle.runtime.evaluate.Entities;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Program;
import io.heddle.runtime.train.data.BatchFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The labels to which a model gives the highest scores, compared with the true ones. */
public final class LabelMeasure {
    private final MeasuredPrograms programs;
    private final String scores;
    private final List<String> names;

    /**
     * A measure of this model.
     *
     * @param scores the head that scores labels
     * @param names what labels are called; none where they are tokens
     */
    public LabelMeasure(RunnableModel model, BatchFeed feed, String scores, List<String> names) {
        programs = new MeasuredPrograms(model, feed);
        this.scores = scores;
        this.names = List.copyOf(names);
    }

    /**
     * What was measured.
     *
     * @param loss the sum of {@code -log p(label)}, in nats
     * @param labels how many there are
     * @param right how many of them have the highest score
     * @param entities those that tags mark; none where labels are no tags of that form
     */
    public record Total(double loss, long labels, long right, Entities entities) {
        /** Nats for each label. */
        public double mean() {
            return loss / labels;
        }

        /** The share of labels that have the highest score, 0 to 100. */
        public double accuracy() {
            return 100.0 * right / labels;
        }

        /**
         * A measure of labels.
         *
         * @throws IllegalArgumentException when it is one of something else
         */
        public double of(Measure measure) {
            return switch (measure) {
                case ACCURACY -> accuracy();
                case PRECISION -> entities.precision();
                case RECALL -> entities.recall();
                case F1 -> entities.f1();
                case BLEU, CHRF, CHRF_WITH_WORDS, TRANSLATION_EDIT_RATE, ROUGE_1, ROUGE_2, ROUGE_L, WORD_ERROR_RATE,
                        CHARACTER_ERROR_RATE, EXACT_MATCH, MEAN_AVERAGE_PRECISION, MEAN_AVERAGE_PRECISION_AT_HALF ->
                        throw new IllegalArgumentException(measure.title() + " is no measure of labels.");
            };
        }
    }

    /**
     * Measures all batches, without dropout.
     *
     * @param stop asked before each batch
     * @return empty when {@code stop} said so
     */
    public Optional<Total> of(Iterable<Batch> batches, BooleanSupplier stop) {
        double loss = 0;
        long labels = 0;
        long right = 0;
        Entities entities = new Entities();
        boolean marked = !names.isEmpty() && names.stream().allMatch(name -> name.matches("O|[BI]-.+"));
        for (Batch batch : batches) {
            if (stop.getAsBoolean()) {
                return Optional.empty();
            }
            Program program = programs.run(batch);
            loss += program.scalar(Names.LOSS);
            labels += batch.labelCount();
            IntTensor real = batch.tensor(Batch.LABELS);
            int[] said = highest(program.output(scores), real.values().length);
            right += count(said, real.values());
            if (marked) {
                add(entities, said, real);
            }
        }
        return Optional.of(new Total(loss, labels, right, entities));
    }

    private static int[] highest(INDArray scores, int rows) {
        double[] values = scores.ravel().toDoubleVector();
        int classes = values.length / rows;
        int[] highest = new int[rows];
        for (int row = 0; row < rows; row++) {
            for (int label = 1; label < classes; label++) {
                if (values[row * classes + label] > values[row * classes + highest[row]]) {
                    highest[row] = label;
                }
            }
        }
        return highest;
    }

    private static long count(int[] said, int[] real) {
        long right = 0;
        for (int place = 0; place < real.length; place++) {
            right += said[place] == real[place] ? 1 : 0;
        }
        return right;
    }

    private void add(Entities entities, int[] said, IntTensor real) {
        int width = real.values().length / real.size(0);
        for (int first = 0; first < said.length; first += width) {
            List<String> saidTags = new ArrayList<>();
            List<String> realTags = new ArrayList<>();
            for (int place = first; place < first + width; place++) {
                int label = real.values()[place];
                if (label != Batch.IGNORED_LABEL) {
                    saidTags.add(names.get(said[place]));
                    realTags.add(names.get(label));
                }
            }
            entities.add(saidTags, realTags);
        }
    }
}
