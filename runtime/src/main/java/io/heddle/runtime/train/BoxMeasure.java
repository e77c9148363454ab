package io.heddle.runtime.train;

import io.heddle.lowering.Names;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.evaluate.Box;
import io.heddle.runtime.evaluate.MeanAveragePrecision;
import io.heddle.runtime.evaluate.MeanAveragePrecision.Real;
import io.heddle.runtime.evaluate.MeanAveragePrecision.Said;
import io.heddle.runtime.model.BoxRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Program;
import io.heddle.runtime.train.data.BatchFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The boxes that a model says, compared with the true ones. Each position of it says one: of its likeliest class that is not
 * nothing, with the probability of that as its score (arXiv 2005.12872, section A.4).
 */
public final class BoxMeasure {
    private static final int SIDES = 4;

    private final MeasuredPrograms programs;
    private final BoxRoles roles;
    private final List<String> names;

    /**
     * A measure of this model.
     *
     * @param names what kinds of objects are called
     */
    public BoxMeasure(RunnableModel model, BatchFeed feed, BoxRoles roles, List<String> names) {
        programs = new MeasuredPrograms(model, feed);
        this.roles = roles;
        this.names = List.copyOf(names);
    }

    /**
     * What was measured.
     *
     * @param loss the mean over batches of what training makes small
     * @param said by picture; boxes are in pixels of what the model looks at
     * @param real by picture
     */
    public record Total(double loss, List<List<Said>> said, List<List<Real>> real) {
        /** Copies the lists. */
        public Total {
            said = List.copyOf(said);
            real = List.copyOf(real);
        }

        /**
         * A measure of boxes.
         *
         * @throws IllegalArgumentException when it is one of something else
         */
        public double of(Measure measure) {
            return switch (measure) {
                case MEAN_AVERAGE_PRECISION -> MeanAveragePrecision.coco().score(said, real);
                case MEAN_AVERAGE_PRECISION_AT_HALF -> MeanAveragePrecision.at(0.5).score(said, real);
                case BLEU, CHRF, CHRF_WITH_WORDS, TRANSLATION_EDIT_RATE, ROUGE_1, ROUGE_2, ROUGE_L, WORD_ERROR_RATE,
                        CHARACTER_ERROR_RATE, EXACT_MATCH, ACCURACY, PRECISION, RECALL, F1 ->
                        throw new IllegalArgumentException(measure.title() + " is no measure of boxes.");
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
        int count = 0;
        List<List<Said>> said = new ArrayList<>();
        List<List<Real>> real = new ArrayList<>();
        for (Batch batch : batches) {
            if (stop.getAsBoolean()) {
                return Optional.empty();
            }
            Program program = programs.run(batch);
            loss += program.scalar(Names.LOSS);
            count++;
            double[] scores = program.output(roles.labels().getName()).ravel().toDoubleVector();
            double[] boxes = program.output(roles.boxes().getName()).ravel().toDoubleVector();
            int each = boxes.length / SIDES / batch.rows();
            for (int row = 0; row < batch.rows(); row++) {
                said.add(said(scores, boxes, row * each, each));
                real.add(real(batch, row));
            }
        }
        return Optional.of(new Total(loss / count, said, real));
    }

    private List<Said> said(double[] scores, double[] boxes, int first, int count) {
        int classes = names.size() + 1;
        List<Said> said = new ArrayList<>();
        for (int place = first; place < first + count; place++) {
            int best = 0;
            double sum = 0;
            for (int label = 0; label < classes; label++) {
                double score = scores[place * classes + label];
                best = label < names.size() && score > scores[place * classes + best] ? label : best;
            }
            for (int label = 0; label < classes; label++) {
                sum += Math.exp(scores[place * classes + label] - scores[place * classes + best]);
            }
            said.add(new Said(names.get(best), 1 / sum, box(boxes, place)));
        }
        return List.copyOf(said);
    }

    private List<Real> real(Batch batch, int row) {
        float[] shares = batch.real(Batch.BOXES).values();
        double[] boxes = new double[shares.length];
        for (int place = 0; place < shares.length; place++) {
            boxes[place] = shares[place];
        }
        List<Real> real = new ArrayList<>();
        int most = batch.tensor(Batch.OBJECTS).size(1);
        for (int object = 0; object < batch.tensor(Batch.COUNTS).values()[row]; object++) {
            int place = row * most + object;
            real.add(new Real(names.get(batch.tensor(Batch.OBJECTS).values()[place]), box(boxes, place)));
        }
        return List.copyOf(real);
    }

    /** In pixels, from center, width and height as shares. */
    private Box box(double[] shares, int place) {
        double columns = roles.size().columns();
        double rows = roles.size().rows();
        double x = shares[place * SIDES] * columns;
        double y = shares[place * SIDES + 1] * rows;
        double width = shares[place * SIDES + 2] * columns;
        double height = shares[place * SIDES + 3] * rows;
        return new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
    }
}
