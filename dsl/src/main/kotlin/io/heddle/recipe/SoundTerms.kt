package io.heddle.recipe

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/**
 * Log-mel features of sound: what a model hears of a recording, `[frames, bands]`.
 *
 * Frame `t` is the [window] samples from `t * hop` on, each between -1 and 1, times a Hann window `w(n) = (1 - cos(2 pi
 * n / window)) / 2`; frames that the recording does not fill are left out, so that there are `(samples - window) / hop
 * + 1`, rounded down. Its Fourier transform `X(k)` is as long as the smallest power of two that holds the window, with
 *   zeros behind it. A band is `log(max(1e-10, sum over k of filter(k) |X(k)|^2))`, a natural logarithm.
 *
 * The filter of a band is a triangle over frequencies in Hertz, from the middle of the band below to that of the band
 * above; [bands] + 2 such corners lie evenly on the [scale] between [lowest] and [highest]. With [MelScale.Slaney] its
 * area is 1, with [MelScale.Htk] its height: so do librosa's `filters.mel` (with and without `htk=True, norm=None`) and
 * torchaudio. Davis and Mermelstein 1980, "Comparison of parametric representations for monosyllabic word recognition
 * in continuously spoken sentences", have such filters; the source of the transform is the definition.
 *
 * Differs from librosa: frames are not centered, and nothing is reflected at the ends.
 *
 * @property rate samples for each second; recordings have this one
 * @property window how many samples a frame has
 * @property hop how many samples further on the next frame begins
 * @property lowest the frequency at which the first filter begins, in Hertz
 * @property highest the frequency at which the last filter ends, in Hertz: at most half the rate
 */
@Serializable
public data class LogMel(
    public val bands: Int,
    public val rate: Int,
    public val window: Int,
    public val hop: Int,
    public val lowest: Double,
    public val highest: Double,
    public val scale: MelScale,
    public val scaling: SpectrogramScaling,
)

/** How high a pitch is heard. */
@Serializable
public enum class MelScale {
    /**
     * `3 f / 200` up to 1,000 Hertz, `15 + 27 log(f / 1000) / log(6.4)` above (Slaney 1998, "Auditory Toolbox",
     * Interval Research Corporation, technical report 1998-010).
     */
    @SerialName("slaney") Slaney,

    /** `2595 log10(1 + f / 700)` (O'Shaughnessy 1987, "Speech Communication"; Young et al., "The HTK Book"). */
    @SerialName("htk") Htk,
}

/** What the logarithms of a spectrogram are to a model. */
@Serializable
public sealed interface SpectrogramScaling {
    /** Themselves. */
    @Serializable @SerialName("none") public data object None : SpectrogramScaling

    /**
     * `(x - mean) / deviation`, the same for all bands and recordings: what a model says can be heard again as it is.
     */
    @Serializable
    @SerialName("fixed")
    public data class Fixed(public val mean: Double, public val deviation: Double) : SpectrogramScaling

    /**
     * `(x - mean) / deviation`, with the mean and the deviation of each band over the frames of its recording, which
     * takes away how loud it is and what the microphone makes of it (Viikki and Laurila 1998, "Cepstral domain
     * segmental feature vector normalization for noise robust speech recognition", here over the whole recording). A
     * band that is the same in all frames becomes 0.
     */
    @Serializable @SerialName("perRecording") public data object PerRecording : SpectrogramScaling
}
