package io.heddle.dsl

import io.heddle.describe.Change
import io.heddle.describe.changes
import io.heddle.experiment.Variant
import io.heddle.model.Model

/** What variants are called that nobody named. */
internal object VariantNames {
    /** The name of [model]; beside one of that name, what it has otherwise than that one. */
    fun of(model: Model, before: List<Variant>): String {
        val sameName = before.firstOrNull { it.name == model.name } ?: return model.name
        val told = sameName.model.changes(model).map { told(it) }.distinct()
        return if (told.size <= MOST) told.joinToString().ifEmpty { model.name }
        else "${told.take(FIRST).joinToString()} and ${told.size - FIRST} other changes"
    }

    /** As many changes are told one by one. */
    private const val MOST = 4

    /** Of more, so many are. */
    private const val FIRST = 2

    private fun told(change: Change): String =
        when (change) {
            is Change.Added -> "with ${change.place}"
            is Change.Removed -> "without ${change.place}"
            is Change.Changed -> "${change.word} ${change.after}"
        }
}
