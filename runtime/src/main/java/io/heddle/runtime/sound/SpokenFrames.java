package io.heddle.runtime.sound;

import io.heddle.recipe.LogMel;
import io.heddle.recipe.SpectrogramScaling;
import io.heddle.runtime.weights.SafetensorsWriter;
import io.heddle.runtime.weights.TensorSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Frames that a model has said, as their front end would have heard them before it scaled them, where that can be undone.
 *
 * @param features what the frames are
 * @param frames {@code [frames, bands]}, in {@code unit}
 */
public record SpokenFrames(LogMel features, Spectrogram frames, Unit unit) {
    /** What the numbers of frames are. */
    public enum Unit {
        /** Natural logarithms of power. */
        LOGARITHMS("log power"),

        /** How many deviations of its band a logarithm is from the mean: of which recording is not known. */
        DEVIATIONS("deviations");

        private final String words;

        Unit(String words) {
            this.words = words;
        }

        /** What a legend calls it. */
        public String words() {
            return words;
        }
    }

    /** What a model that learned these features has said. */
    public static SpokenFrames of(LogMel features, Spectrogram said) {
        return switch (features.getScaling()) {
            case SpectrogramScaling.None _ -> new SpokenFrames(features, said, Unit.LOGARITHMS);
            case SpectrogramScaling.PerRecording _ -> new SpokenFrames(features, said, Unit.DEVIATIONS);
            case SpectrogramScaling.Fixed fixed -> {
                float[] logarithms = said.values().clone();
                for (int place = 0; place < logarithms.length; place++) {
                    logarithms[place] = (float) (logarithms[place] * fixed.getDeviation() + fixed.getMean());
                }
                yield new SpokenFrames(features, new Spectrogram(said.bands(), logarithms), Unit.LOGARITHMS);
            }
        };
    }

    /** How long they take, in seconds: from the first sample of the first window to the last of the last. */
    public double seconds() {
        int samples = frames.frames() == 0 ? 0 : (frames.frames() - 1) * features.getHop() + features.getWindow();
        return samples / (double) features.getRate();
    }

    /**
     * Writes them as a safetensors file: one tensor, {@code frames [frames, bands]}, and what they are as metadata.
     *
     * @param text what is said
     * @throws io.heddle.check.ProblemsException when the file cannot be written
     */
    public void write(Path file, String text) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("text", text);
        metadata.put("unit", unit.words());
        metadata.put("rate", String.valueOf(features.getRate()));
        metadata.put("window", String.valueOf(features.getWindow()));
        metadata.put("hop", String.valueOf(features.getHop()));
        metadata.put("lowest", String.valueOf(features.getLowest()));
        metadata.put("highest", String.valueOf(features.getHighest()));
        metadata.put("scale", features.getScale().name());
        var array = Nd4j.createFromArray(frames.values()).reshape(frames.frames(), frames.bands());
        SafetensorsWriter.write(file, metadata, List.of(new TensorSource.Array("frames", array)));
    }
}
