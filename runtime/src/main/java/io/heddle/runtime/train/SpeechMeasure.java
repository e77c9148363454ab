package io.heddle.runtime.train;

import io.heddle.lowering.Names;
import io.heddle.model.FrameError;
import io.heddle.model.Model;
import io.heddle.model.Objective;
import io.heddle.model.StopCrossEntropy;
import io.heddle.runtime.data.Batch;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Program;
import io.heddle.runtime.train.data.BatchFeed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the objectives of speech come to over recordings, where the true frames are read: each by itself, before its weight.
 *
 * @param loss of all together, as it is trained, for each frame
 * @param frames how many real ones there are
 * @param terms the mean of each objective
 */
public record SpeechMeasure(double loss, long frames, Map<Objective, Double> terms) {
    /** Keeps the terms from changing later. */
    public SpeechMeasure {
        terms = Map.copyOf(terms);
    }

    /** Measures all batches, without dropout. */
    public static SpeechMeasure of(RunnableModel model, BatchFeed feed, Iterable<Batch> batches) {
        MeasuredPrograms programs = new MeasuredPrograms(model, feed);
        Map<Integer, Double> sums = new LinkedHashMap<>();
        List<Integer> numbers = numbers(model.model());
        double loss = 0;
        long frames = 0;
        for (Batch batch : batches) {
            Program program = programs.run(batch);
            loss += program.scalar(Names.LOSS);
            frames += batch.labelCount();
            numbers.forEach(
                    number -> sums.merge(number, program.scalar(Names.objectiveTerm(number)), Double::sum));
        }
        Map<Objective, Double> terms = new LinkedHashMap<>();
        long all = frames;
        sums.forEach((number, sum) -> terms.put(model.model().getObjectives().get(number), sum / all));
        return new SpeechMeasure(loss / all, all, terms);
    }

    /** Which of its objectives are about speech. */
    private static List<Integer> numbers(Model model) {
        return IntStream.range(0, model.getObjectives().size())
                .filter(number -> isSpoken(model.getObjectives().get(number)))
                .boxed()
                .toList();
    }

    private static boolean isSpoken(Objective objective) {
        return objective instanceof FrameError || objective instanceof StopCrossEntropy;
    }
}
