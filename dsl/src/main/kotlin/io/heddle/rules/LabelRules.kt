package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.RecipeMessages
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Component
import io.heddle.model.Contrast
import io.heddle.model.CopiesInput
import io.heddle.model.FeatureMapInput
import io.heddle.model.FrameInput
import io.heddle.model.ImageInput
import io.heddle.model.Labels
import io.heddle.model.LearnedInput
import io.heddle.model.Logits
import io.heddle.model.MergedPatches
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.Pool
import io.heddle.model.RelationInput
import io.heddle.model.RelativeBias
import io.heddle.model.Stack
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.recipe.Data
import io.heddle.recipe.Recipe
import io.heddle.terms.Pooling

/** What keeps [model] from learning the labels of the recipe's data. */
internal fun Recipe.labelled(model: Model): List<Problem> {
    val tokens = model.all<TokenInput>()
    val heads = model.all<Classify>()
    if (tokens.size != 1 || heads.size != 1) {
        val facts = listOf(Fact("tokens inputs", "${tokens.size}"), Fact("classify", "${heads.size}"))
        val message = if (isForTexts) RecipeMessages.modelHasNoTextClasses() else RecipeMessages.modelHasNoTags()
        return listOf(message.at(model.name, facts))
    }
    val unread = model.components.filter { it.isUnread() }
    return unread.map { RecipeMessages.readsMore().at(it.name) } +
        tokens.mapNotNull { tooLong(model, it) } +
        Folding.fold(model, forgets(model)) +
        (if (unread.isEmpty()) otherObjectives(model, heads.single().name) else emptyList()) +
        classes(model, heads.single())
}

/** Whether it is something that labelled texts give no numbers to, or are no labels of. */
private fun Component.isUnread(): Boolean =
    when (this) {
        is VectorInput,
        is FrameInput,
        is ImageInput,
        is FeatureMapInput,
        is CopiesInput,
        is RelationInput -> true
        is Logits,
        is Boxes,
        is Contrast -> true
        is TokenInput,
        is LearnedInput,
        is Stack,
        is NormComponent,
        is MergedPatches,
        is RelativeBias,
        is Pool,
        is Classify -> false
    }

private val Recipe.isForTexts: Boolean
    get() = data is Data.LabelledTexts

private fun Recipe.classes(model: Model, head: Classify): List<Problem> {
    val names = classNames()
    val each = head.pooling == Pooling.Each
    return buildList {
        if (head.classes != names.size) {
            val known = fact("classes of the data", names.size, "data")
            add(
                RecipeMessages.otherClasses(names.size)
                    .at(head.name, model.fact("classes", head.classes, head.name), known)
            )
        }
        if (isForTexts && each) add(RecipeMessages.classesAreForTexts().at(head.name, pooling(model, head)))
        if (!isForTexts && !each) add(RecipeMessages.classesAreForWords().at(head.name, pooling(model, head)))
        if (head.labels == Labels.Many) {
            add(RecipeMessages.manyLabels().at(head.name, model.fact("labels", head.labels, head.name)))
        }
    }
}

private fun pooling(model: Model, head: Classify): Fact = model.fact("pooling", head.pooling, head.name)

private fun Recipe.classNames(): List<String> =
    when (val data = data) {
        is Data.LabelledTexts -> data.classes
        is Data.TaggedWords -> data.tags
        is Data.Text,
        is Data.MaskedText,
        is Data.Pairs,
        is Data.ReverseTask -> emptyList()
    }
