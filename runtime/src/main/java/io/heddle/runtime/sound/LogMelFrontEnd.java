package io.heddle.runtime.sound;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.LogMel;
import io.heddle.recipe.SpectrogramScaling;
import io.heddle.runtime.messages.SoundMessages;
import java.nio.file.Path;

/** Makes spectrograms of recordings, as {@link LogMel} says. */
public final class LogMelFrontEnd {
    private static final double FLOOR = 1e-10;

    private final LogMel said;
    private final MelFilters filters;
    private final FourierTransform transform;
    private final double[] hann;

    /**
     * A front end.
     *
     * @throws ProblemsException when a band has no frequency of the transform
     */
    public LogMelFrontEnd(LogMel said) {
        this.said = said;
        filters = MelFilters.of(said);
        transform = new FourierTransform(filters.size());
        hann = new double[said.getWindow()];
        for (int place = 0; place < hann.length; place++) {
            hann[place] = (1 - StrictMath.cos(2 * Math.PI * place / hann.length)) / 2;
        }
    }

    /**
     * What is heard of a file.
     *
     * @throws ProblemsException when it cannot be read, see {@link SoundFile#read}, or is shorter than a window
     */
    public Spectrogram read(Path path) {
        float[] samples = SoundFile.read(path, said.getRate());
        if (samples.length < said.getWindow()) {
            throw new ProblemsException(SoundMessages.tooShort(path.toString(), samples.length, said.getWindow()));
        }
        return of(samples);
    }

    /** What is heard of samples, a window of them or more. */
    public Spectrogram of(float[] samples) {
        int frames = Math.max(0, (samples.length - said.getWindow()) / said.getHop() + 1);
        double[] logarithms = new double[Math.multiplyExact(frames, said.getBands())];
        double[] numbers = new double[filters.size()];
        for (int frame = 0; frame < frames; frame++) {
            for (int place = 0; place < hann.length; place++) {
                numbers[place] = samples[frame * said.getHop() + place] * hann[place];
            }
            double[] bands = filters.bands(transform.power(numbers));
            for (int band = 0; band < bands.length; band++) {
                logarithms[frame * bands.length + band] = StrictMath.log(Math.max(FLOOR, bands[band]));
            }
        }
        return new Spectrogram(said.getBands(), scaled(logarithms, frames));
    }

    private float[] scaled(double[] logarithms, int frames) {
        switch (said.getScaling()) {
            case SpectrogramScaling.None _ -> {}
            case SpectrogramScaling.Fixed fixed -> {
                for (int place = 0; place < logarithms.length; place++) {
                    logarithms[place] = (logarithms[place] - fixed.getMean()) / fixed.getDeviation();
                }
            }
            case SpectrogramScaling.PerRecording _ -> {
                for (int band = 0; band < said.getBands(); band++) {
                    standardize(logarithms, band, frames);
                }
            }
        }
        float[] values = new float[logarithms.length];
        for (int place = 0; place < values.length; place++) {
            values[place] = (float) logarithms[place];
        }
        return values;
    }

    private void standardize(double[] logarithms, int band, int frames) {
        double sum = 0;
        for (int frame = 0; frame < frames; frame++) {
            sum += logarithms[frame * said.getBands() + band];
        }
        double mean = sum / frames;
        double squares = 0;
        for (int frame = 0; frame < frames; frame++) {
            double off = logarithms[frame * said.getBands() + band] - mean;
            squares += off * off;
        }
        double deviation = Math.sqrt(squares / frames);
        for (int frame = 0; frame < frames; frame++) {
            int place = frame * said.getBands() + band;
            // What rounding leaves of a band that does not change is nothing.
            logarithms[place] = deviation < 1e-9 ? 0 : (logarithms[place] - mean) / deviation;
        }
    }
}
