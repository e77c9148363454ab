package io.heddle.bench

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/**
 * What was measured of a claim: medians over the rounds.
 *
 * @property heddle in [unit]s
 * @property against the same of what it is compared with, or the most that is allowed
 * @property loss the largest validation loss that a command told; 0 where none is asked for
 * @property ratio the median of the rounds' own; [lowest] and [highest] are the smallest and the largest
 */
@Serializable
internal data class ClaimRow(
    @SerialName("work") val name: String,
    val title: String,
    val threads: Int,
    val heddle: Double,
    val against: Double,
    val unit: UnitOfMeasure,
    val ratio: Double,
    @SerialName("ratio_lowest") val lowest: Double,
    @SerialName("ratio_highest") val highest: Double,
    val goal: String,
    val holds: Boolean,
    val loss: Double,
)
