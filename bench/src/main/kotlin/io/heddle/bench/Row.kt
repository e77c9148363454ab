package io.heddle.bench

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/**
 * A line of the table: medians over the rounds, each of which is the median of many turns of fresh processes.
 *
 * @property ratio the median of the rounds' own ratios, which are medians over turns that follow each other within a
 *   second: what slows the machine slows both sides
 * @property lowest the smallest ratio of a round, and [highest] the largest
 * @property goal the largest ratio that is asked for; 0 where none is
 * @property limitShare how much of what the machine can do Heddle reaches; 0 where no limit is told
 */
@Serializable
internal data class Row(
    val work: String,
    val threads: Int,
    @SerialName("heddle_ms") val heddle: Double,
    @SerialName("libtorch_ms") val libtorch: Double,
    val ratio: Double,
    @SerialName("ratio_lowest") val lowest: Double,
    @SerialName("ratio_highest") val highest: Double,
    val goal: Double,
    @SerialName("limit_share") val limitShare: Double,
    @SerialName("heddle_check") val heddleCheck: Double,
    @SerialName("libtorch_check") val libtorchCheck: Double,
)
