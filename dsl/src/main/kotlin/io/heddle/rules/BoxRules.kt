package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.BoxDataMessages
import io.heddle.messages.LabelMessages
import io.heddle.messages.RecipeOfModelMessages
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.ImageInput
import io.heddle.model.Labels
import io.heddle.model.Model
import io.heddle.recipe.BoxedSource
import io.heddle.recipe.Data
import io.heddle.recipe.DrawnShape
import io.heddle.recipe.Recipe

/** What keeps [model] from learning the boxes of [data]. */
internal fun Recipe.boxed(model: Model, data: Data.BoxedPictures): List<Problem> {
    val pictures = model.all<ImageInput>()
    val (labels, boxes) = model.all<Classify>() to model.all<Boxes>()
    if (pictures.size != 1 || labels.size != 1 || boxes.size != 1) {
        val counts = listOf("image inputs" to pictures, "classify" to labels, "boxes" to boxes)
        val facts = counts.map { (called, found) -> Fact(called, "${found.size}") }
        return listOf(BoxDataMessages.modelHasNoBoxes().at(model.name, facts))
    }
    val (label, box) = labels.single() to boxes.single()
    val unread = model.components.filter { it !in pictures && it !in boxes && it.isUnread() }
    return unread.map { RecipeOfModelMessages.readsMore().at(it.name) } +
        pictures.mapNotNull { tooLong(model, it) } +
        Folding.fold(model, forgets(model)) +
        (if (unread.isEmpty()) otherMatching(model, label.name, box.name) else emptyList()) +
        classes(model, label, data.classes.size)
}

private fun Recipe.classes(model: Model, label: Classify, known: Int): List<Problem> = buildList {
    if (label.classes != known + 1) {
        val said = model.fact("classes", label.classes, label.name)
        val objects = fact("kinds of objects", known, "data")
        add(BoxDataMessages.otherClasses(known).at(label.name, said, objects))
    }
    if (label.labels == Labels.Many) {
        add(LabelMessages.manyLabels().at(label.name, model.fact("labels", label.labels, label.name)))
    }
}

/** Numbers and names of [data] are in their ranges. */
internal fun RecipeFindings.boxed(data: Data.BoxedPictures, accumulation: Int) {
    val classes = Said("classes", "data.classes")
    require(data.classes.isNotEmpty(), classes, "none", BoxDataMessages.noClasses())
    val twice = data.classes.groupingBy { it }.eachCount().filterValues { it > 1 }.keys.firstOrNull()
    if (twice != null) require(false, classes, twice, LabelMessages.repeatedClass(classes.name))
    source(data.training, "data.training")
    source(data.validation, "data.validation")
    val drawn = DrawnShape.entries.map { it.word }
    val other = data.classes.firstOrNull { it !in drawn }
    if (other != null && listOf(data.training, data.validation).any { it is BoxedSource.Shapes }) {
        require(false, classes, other, BoxDataMessages.notDrawn(drawn))
    }
    require(accumulation <= 1, Said("accumulation"), accumulation, BoxDataMessages.noAccumulation())
}

private fun RecipeFindings.source(source: BoxedSource, path: String) =
    when (source) {
        is BoxedSource.Coco -> Unit
        is BoxedSource.Shapes -> {
            positive(Said("pictures", "$path.pictures"), source.pictures)
            positive(Said("most", "$path.most"), source.most)
            amountOrNone(Said("noise", "$path.noise"), source.noise)
        }
    }
