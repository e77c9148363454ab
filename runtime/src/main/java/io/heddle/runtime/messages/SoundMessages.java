package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.nio.file.Path;
import java.util.List;

/** What is told of recordings. */
public final class SoundMessages {
    private SoundMessages() {}

    /** There is no file at the path. */
    public static Problem missing(Path path) {
        return new Problem(
                path.toString(),
                "there is no such recording",
                "It was looked for at " + path.toAbsolutePath().normalize() + ".");
    }

    /**
     * Recordings of a list are not there.
     *
     * @param first the first of them
     */
    public static Problem missing(String list, int missing, int all, Path first) {
        return new Problem(
                list,
                "recordings of the list are not there",
                List.of(
                        new Fact("missing", Counts.of(missing) + " of " + Counts.of(all)),
                        new Fact("the first of them", first.toAbsolutePath().normalize().toString())),
                "Paths are relative to the list. docs/howto/SPEECH.md says where the recordings of the sample are found.");
    }

    /** It is of no kind of sound that can be read. */
    public static Problem noSound(String file) {
        return new Problem(
                file, "the file is no recording that can be read",
                "Make a WAV file of it: ffmpeg -i FILE -ac 1 -c:a pcm_s16le FILE.wav.");
    }

    /**
     * It has other samples, more channels or another rate.
     *
     * @param format what it has, in words
     */
    public static Problem otherFormat(String file, String format, int rate) {
        return new Problem(
                file,
                "the recording is of another format than the model hears",
                List.of(
                        new Fact("it has", format),
                        new Fact("the model hears", "one channel of 16 bits, " + rate + " samples a second")),
                "Make such a one of it: ffmpeg -i FILE -ac 1 -ar " + rate + " -c:a pcm_s16le FILE.wav.\n"
                        + "Or say its rate in logMel(rate = ...), where all recordings have the same.");
    }

    /** It has fewer samples than it says. */
    public static Problem cutOff(String file, long said, long there) {
        return new Problem(
                file,
                "the recording is cut off",
                List.of(new Fact("samples that it says", Counts.of(said)), new Fact("samples", Counts.of(there))),
                "Fetch it again.");
    }

    /** It is shorter than a frame. */
    public static Problem tooShort(String file, int samples, int window) {
        return new Problem(
                file,
                "the recording is shorter than a frame",
                List.of(new Fact("samples", Counts.of(samples)), new Fact("window", Counts.of(window))),
                "Leave it out, or say a shorter window in logMel(window = ...).");
    }

    /** Nothing is left to learn from. */
    public static Problem nothingLeft(String list, int tooLong, double seconds, int maximum) {
        return new Problem(
                list,
                "no recording is left to learn from",
                List.of(
                        new Fact("left out", Counts.of(tooLong)),
                        new Fact("maximumSeconds", String.valueOf(seconds)),
                        new Fact("maximumLength", Counts.of(maximum, "token", "tokens"))),
                "Raise the one that they are longer than.");
    }

    /** The tokenizer makes nothing of what is said. */
    public static Problem noToken(String place) {
        return new Problem(
                place, "the tokenizer makes no token of what is said",
                "Remove the line, or choose another tokenizer.");
    }

    /** A recording is longer than its input has positions. */
    public static Problem longerThanPositions(String place, int length, String input, int positions) {
        return new Problem(
                place,
                "the recording is longer than the model has positions",
                List.of(
                        new Fact("positions that it needs", Counts.of(length)),
                        new Fact("positions of " + input, Counts.of(positions))),
                "Cut it, or say sinusoidal() in place of learnedPositions().");
    }

    /** A recording is larger than a batch. */
    public static Problem tooLong(String place, int frames, int batch) {
        return new Problem(
                place,
                "the recording does not fit into a batch",
                List.of(
                        new Fact("it", Counts.of(frames, "frame", "frames")),
                        new Fact("batch", Counts.of(batch, "frame", "frames"))),
                "Make batches of " + frames + " frames or more, or leave it out with a smaller maximumSeconds.");
    }

    /** A filter has no frequency. */
    public static Problem emptyBand(int band, int bands, int window, int transform) {
        return new Problem(
                "logMel",
                "bands are narrower than the transform tells apart",
                List.of(
                        new Fact("bands", Counts.of(bands)),
                        new Fact("window", Counts.of(window) + ", transformed as " + Counts.of(transform)),
                        new Fact("first band without a frequency", Counts.of(band))),
                "Say fewer bands, a longer window, or a higher lowest.");
    }

    /** A file was given for a model that hears nothing, or whose front end is not known. */
    public static Problem hearsNothing(Path run) {
        return new Problem(
                run.toString(), "it did not learn from recordings",
                "Say --prompt TEXT, which it goes on with or answers.");
    }

    /** A text was given for a model that hears. */
    public static Problem readsNothing(Path run) {
        return new Problem(
                run.toString(), "it hears recordings, and reads no text",
                "Say --sound FILE.wav, whose words it writes.");
    }
}
