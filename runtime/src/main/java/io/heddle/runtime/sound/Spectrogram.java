package io.heddle.runtime.sound;

/** What is heard of a recording: so many numbers for each frame. */
public final class Spectrogram {
    private final int bands;
    private final float[] values;

    /**
     * A spectrogram over {@code values}, {@code [frames, bands]}, which are not copied.
     *
     * @throws IllegalArgumentException when they fill no whole frames
     */
    public Spectrogram(int bands, float[] values) {
        if (values.length % bands != 0) {
            throw new IllegalArgumentException(values.length + " numbers are no frames of " + bands + ".");
        }
        this.bands = bands;
        this.values = values;
    }

    /** How many frames there are. */
    public int frames() {
        return values.length / bands;
    }

    /** How many numbers a frame has. */
    public int bands() {
        return bands;
    }

    /** {@code [frames, bands]}; its own array, only to be read. */
    public float[] values() {
        return values;
    }
}
