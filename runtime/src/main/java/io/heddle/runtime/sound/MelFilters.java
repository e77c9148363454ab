package io.heddle.runtime.sound;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.LogMel;
import io.heddle.recipe.MelScale;
import io.heddle.runtime.messages.SoundMessages;
import java.util.Arrays;

/** Triangles over the frequencies of a transform, as {@link LogMel} says. */
public final class MelFilters {
    private static final double SLANEY_STEP = 200.0 / 3;
    private static final double SLANEY_LINEAR = 1_000;
    private static final double SLANEY_GROWTH = StrictMath.log(6.4) / 27;

    private final int size;
    private final double[][] weights;
    private final int[] first;

    private MelFilters(int size, double[][] weights, int[] first) {
        this.size = size;
        this.weights = weights;
        this.first = first;
    }

    /**
     * The filters of these features.
     *
     * @throws ProblemsException when a band has no frequency of the transform
     */
    public static MelFilters of(LogMel said) {
        int size = FourierTransform.sizeFor(said.getWindow());
        double[] corners = corners(said);
        double[][] weights = new double[said.getBands()][];
        int[] first = new int[said.getBands()];
        double spacing = (double) said.getRate() / size;
        for (int band = 0; band < weights.length; band++) {
            double below = corners[band];
            double middle = corners[band + 1];
            double above = corners[band + 2];
            double height = switch (said.getScale()) {
                case Slaney -> 2 / (above - below);
                case Htk -> 1;
            };
            first[band] = (int) Math.floor(below / spacing) + 1;
            int last = Math.min(size / 2, (int) Math.ceil(above / spacing) - 1);
            if (last < first[band]) {
                throw new ProblemsException(SoundMessages.emptyBand(band, said.getBands(), said.getWindow(), size));
            }
            weights[band] = new double[last - first[band] + 1];
            for (int place = first[band]; place <= last; place++) {
                double frequency = place * spacing;
                double rising = (frequency - below) / (middle - below);
                double falling = (above - frequency) / (above - middle);
                weights[band][place - first[band]] = height * Math.min(rising, falling);
            }
        }
        return new MelFilters(size, weights, first);
    }

    /** Where triangles begin, are highest and end: evenly on the scale, in Hertz. */
    private static double[] corners(LogMel said) {
        double low = mel(said.getScale(), said.getLowest());
        double high = mel(said.getScale(), said.getHighest());
        double[] corners = new double[said.getBands() + 2];
        for (int corner = 0; corner < corners.length; corner++) {
            corners[corner] = hertz(said.getScale(), low + (high - low) * corner / (corners.length - 1));
        }
        return corners;
    }

    /** How high a frequency in Hertz is heard. */
    public static double mel(MelScale scale, double hertz) {
        return switch (scale) {
            case Htk -> 2595 * StrictMath.log10(1 + hertz / 700);
            case Slaney -> hertz < SLANEY_LINEAR
                    ? hertz / SLANEY_STEP
                    : SLANEY_LINEAR / SLANEY_STEP + StrictMath.log(hertz / SLANEY_LINEAR) / SLANEY_GROWTH;
        };
    }

    /** The frequency in Hertz that is heard so high. */
    public static double hertz(MelScale scale, double mel) {
        double linear = SLANEY_LINEAR / SLANEY_STEP;
        return switch (scale) {
            case Htk -> 700 * (StrictMath.pow(10, mel / 2595) - 1);
            case Slaney -> mel < linear
                    ? mel * SLANEY_STEP
                    : SLANEY_LINEAR * StrictMath.exp(SLANEY_GROWTH * (mel - linear));
        };
    }

    /** Where the filter of each band is highest, in Hertz. */
    public static double[] middles(LogMel said) {
        return Arrays.copyOfRange(corners(said), 1, said.getBands() + 1);
    }

    /** How many numbers a frame is transformed as. */
    int size() {
        return size;
    }

    /** What a band makes of the frequency {@code place * rate / size}. */
    public double weight(int band, int place) {
        int at = place - first[band];
        return at < 0 || at >= weights[band].length ? 0 : weights[band][at];
    }

    /** What all bands make of a power spectrum. */
    double[] bands(double[] power) {
        double[] bands = new double[weights.length];
        for (int band = 0; band < bands.length; band++) {
            double sum = 0;
            for (int place = 0; place < weights[band].length; place++) {
                sum += weights[band][place] * power[first[band] + place];
            }
            bands[band] = sum;
        }
        return bands;
    }
}
