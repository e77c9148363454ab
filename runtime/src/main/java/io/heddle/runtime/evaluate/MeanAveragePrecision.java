package io.heddle.runtime.evaluate;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.ScoreMessages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Mean average precision of boxes, as COCO's evaluation computes it for boxes of any size.
 *
 * <pre>
 *   mAP = 100 * mean over kinds of objects, and over thresholds, of AP
 *   AP  = mean over r = 0, 0.01, ... 1 of the highest precision at any recall of r or more; 0 where there is none
 * </pre>
 *
 * <p>The likeliest box is taken first. It is right when it overlaps an object of its kind, that no likelier one has found, by at
 * least the threshold: intersection over union. It then has found the one that it overlaps most. Of each kind the 100 likeliest
 * boxes of a picture count. Kinds of which there is no object do not.
 *
 * <p>Source: Lin et al., "Microsoft COCO", arXiv 1405.0312; cocodataset/cocoapi, {@code pycocotools/cocoeval.py}, without
 * crowds and ignored areas.
 *
 * @param thresholds how much a box must overlap an object, each above 0 and at most 1
 */
public record MeanAveragePrecision(List<Double> thresholds) {
    private static final int MOST = 100;
    private static final int RECALLS = 100;

    /** An object that is there. */
    public record Real(String kind, Box box) {}

    /**
     * An object that was said to be there.
     *
     * @param score how likely it is; only the order counts
     */
    public record Said(String kind, double score, Box box) {}

    private record Judged(double score, boolean right) {}

    /** Copies the thresholds. */
    public MeanAveragePrecision {
        thresholds = List.copyOf(thresholds);
    }

    /** The number that papers report as AP on COCO: over the thresholds 0.50, 0.55, ... 0.95. */
    public static MeanAveragePrecision coco() {
        List<Double> thresholds = new ArrayList<>();
        for (int twentieths = 10; twentieths < 20; twentieths++) {
            thresholds.add(twentieths / 20.0);
        }
        return new MeanAveragePrecision(thresholds);
    }

    /** At one threshold: 0.5 for AP50. */
    public static MeanAveragePrecision at(double threshold) {
        return new MeanAveragePrecision(List.of(threshold));
    }

    /**
     * Scores boxes: 0 to 100; 0 where no picture has an object.
     *
     * @param said by picture
     * @param real by picture
     * @throws ProblemsException when there are not as many pictures
     */
    public double score(List<List<Said>> said, List<List<Real>> real) {
        if (said.size() != real.size()) {
            throw new ProblemsException(ScoreMessages.otherReferences("mAP", said.size(), real.size()));
        }
        TreeSet<String> kinds = new TreeSet<>();
        real.forEach(picture -> picture.forEach(object -> kinds.add(object.kind())));
        return 100
                * kinds.stream()
                        .flatMap(kind -> thresholds.stream().map(least -> averagePrecision(kind, least, said, real)))
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElse(0);
    }

    private static double averagePrecision(
            String kind, double threshold, List<List<Said>> said, List<List<Real>> real) {
        List<Judged> judged = new ArrayList<>();
        int objects = 0;
        for (int picture = 0; picture < real.size(); picture++) {
            List<Box> boxes = real.get(picture).stream()
                    .filter(object -> object.kind().equals(kind))
                    .map(Real::box)
                    .toList();
            List<Said> likeliest = said.get(picture).stream()
                    .filter(object -> object.kind().equals(kind))
                    .sorted(Comparator.comparingDouble(Said::score).reversed())
                    .limit(MOST)
                    .toList();
            judged.addAll(judge(likeliest, boxes, threshold));
            objects += boxes.size();
        }
        judged.sort(Comparator.comparingDouble(Judged::score).reversed());
        return area(judged, objects);
    }

    private static List<Judged> judge(List<Said> likeliest, List<Box> boxes, double threshold) {
        boolean[] found = new boolean[boxes.size()];
        List<Judged> judged = new ArrayList<>();
        for (Said said : likeliest) {
            int best = -1;
            double most = threshold;
            for (int place = 0; place < found.length; place++) {
                double overlap = found[place] ? 0 : said.box().intersectionOverUnion(boxes.get(place));
                if (overlap >= most) {
                    best = place;
                    most = overlap;
                }
            }
            if (best >= 0) {
                found[best] = true;
            }
            judged.add(new Judged(said.score(), best >= 0));
        }
        return judged;
    }

    private static double area(List<Judged> judged, int objects) {
        double[] precisions = new double[RECALLS + 1];
        int right = 0;
        int reached = -1;
        for (int count = 1; count <= judged.size(); count++) {
            right += judged.get(count - 1).right() ? 1 : 0;
            double precision = (double) right / count;
            double recall = (double) right / objects;
            while (reached < RECALLS && recall >= recall(reached + 1)) {
                reached++;
            }
            for (int place = 0; place <= reached; place++) {
                precisions[place] = Math.max(precisions[place], precision);
            }
        }
        return Arrays.stream(precisions).average().orElse(0);
    }

    /** As numpy's linspace has them, for a recall may be one of them to the last bit. */
    private static double recall(int place) {
        return place == RECALLS ? 1 : place * 0.01;
    }
}
