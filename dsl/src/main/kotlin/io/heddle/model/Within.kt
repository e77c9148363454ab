package io.heddle.model

import kotlinx.serialization.ExperimentalSerializationApi
import kotlinx.serialization.SerialInfo

/** From where to where a stored whole number may be, or how many elements a stored list may have. */
@OptIn(ExperimentalSerializationApi::class)
@SerialInfo
@Target(AnnotationTarget.PROPERTY)
internal annotation class Within(val least: Int, val most: Int)
