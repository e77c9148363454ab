package io.heddle.specs.describe

internal const val LAYOUT = ""
internal const val MASK = ""
internal const val ALONE = ""
internal const val WRONG = ""
