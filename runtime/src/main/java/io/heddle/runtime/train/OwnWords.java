package io.heddle.runtime.train;

import io.heddle.recipe.DecoderInput;
import io.heddle.recipe.OwnWord;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.data.IntTensor;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.random.Philox;
import io.heddle.runtime.random.Streams;
import io.heddle.runtime.train.data.BatchFeed;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Puts words that the model itself would write into what its decoder reads (scheduled sampling); see
 * {@link DecoderInput.ScheduledSampling}.
 *
 * <p>What is drawn for a place depends on (seed, number of the batch, place) alone, in every pass alike: after pass n the first
 * n places of a row are those that writing word after word with the same draws gives, and stay.
 */
public final class OwnWords {
    private final DecoderInput.ScheduledSampling sampling;
    private final MeasuredPrograms programs;
    private final String scores;
    private final int known;
    private final long seed;

    /**
     * Own words of this model, with the weights that it has when it is asked.
     *
     * @param known how many tokens may be written: the ids below this
     */
    public OwnWords(RunnableModel model, DecoderInput.ScheduledSampling sampling, int known, long seed) {
        this.sampling = sampling;
        this.known = known;
        this.seed = seed;
        ModelRoles roles = model.roles();
        programs = new MeasuredPrograms(model, BatchFeed.of(roles));
        scores = roles.logits().getName();
    }

    /**
     * The batch with own words where they are drawn; the first word of a row, padding and labels stay.
     *
     * @param done how many steps were taken before
     * @param number of the batch among all that the training reads
     */
    public Batch in(Batch batch, long done, long number) {
        String name = batch.tensors().containsKey(Batch.TARGET) ? Batch.TARGET : Batch.IDS;
        IntTensor truth = batch.tensor(name);
        int[] places = drawn(batch, truth.size(1), sampling.getShare().after(done), number);
        Batch read = batch;
        for (int pass = 0; pass < sampling.getPasses() && places.length > 0; pass++) {
            int[] words = truth.values().clone();
            INDArray logits = programs.run(read).output(scores).reshape(words.length, -1);
            for (int place : places) {
                // What comes at a place is told at the place before it.
                words[place] = choose(logits.getRow(place - 1L), place, number);
            }
            if (Arrays.equals(words, read.tensor(name).values())) {
                // Whatever is read again gives the same again.
                break;
            }
            read = read.with(name, IntTensor.of(words, truth.shape()));
        }
        return read;
    }

    /** The places of all rows, counted through, that are given an own word. */
    private int[] drawn(Batch batch, int width, double share, long number) {
        IntTensor lengths =
                batch.tensor(batch.tensors().containsKey(Batch.TARGET) ? Batch.TARGET_LENGTHS : Batch.LENGTHS);
        int[] places = new int[batch.rows() * width];
        int count = 0;
        long stream = Streams.stream("scheduledSampling/place/" + number);
        for (int row = 0; row < batch.rows(); row++) {
            for (int time = 1; time < lengths.values()[row]; time++) {
                int place = row * width + time;
                if (Philox.uniformDouble(seed, stream, place) < share) {
                    places[count++] = place;
                }
            }
        }
        return Arrays.copyOf(places, count);
    }

    private int choose(INDArray logits, int place, long number) {
        double[] all = logits.toDoubleVector();
        double[] scored = known < all.length ? Arrays.copyOf(all, known) : all;
        int best = 0;
        for (int id = 1; id < scored.length; id++) {
            if (scored[id] > scored[best]) {
                best = id;
            }
        }
        return switch (sampling.getChoice()) {
            case OwnWord.Likeliest _ -> best;
            case OwnWord.Drawn drawn -> {
                long stream = Streams.stream("scheduledSampling/word/" + number);
                yield draw(scored, scored[best], drawn.getTemperature(), Philox.uniformDouble(seed, stream, place));
            }
        };
    }

    /** @param uniform at least 0 and below 1 */
    private static int draw(double[] scores, double highest, double temperature, double uniform) {
        double[] below = new double[scores.length];
        double sum = 0;
        for (int id = 0; id < scores.length; id++) {
            sum += Math.exp((scores[id] - highest) / temperature);
            below[id] = sum;
        }
        int id = 0;
        while (id < scores.length - 1 && below[id] <= uniform * sum) {
            id++;
        }
        return id;
    }
}
