package io.heddle.bench

import java.util.Locale
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** What amounts are counted in. */
@Serializable
internal enum class UnitOfMeasure {
    @SerialName("ms") Milliseconds,
    @SerialName("bytes") Bytes,
    @SerialName("s") Seconds;

    /** An amount as the table shows it. */
    fun text(amount: Double): String =
        when (this) {
            Milliseconds -> String.format(Locale.ROOT, if (amount < 100) "%.2f ms" else "%,.0f ms", amount)
            Bytes -> String.format(Locale.ROOT, "%,.0f MB", amount / MEGA)
            Seconds -> String.format(Locale.ROOT, "%.2f s", amount)
        }
}

private const val MEGA = 1e6
