package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.BlockGraphMessages
import io.heddle.messages.LabelMessages
import io.heddle.messages.Message
import io.heddle.messages.PictureDataMessages
import io.heddle.messages.RecipeOfModelMessages
import io.heddle.model.Boxes
import io.heddle.model.Classify
import io.heddle.model.Component
import io.heddle.model.Contrast
import io.heddle.model.CopiesInput
import io.heddle.model.FeatureMapInput
import io.heddle.model.FrameInput
import io.heddle.model.ImageInput
import io.heddle.model.InputComponent
import io.heddle.model.Labels
import io.heddle.model.LearnedInput
import io.heddle.model.Logits
import io.heddle.model.MergedPatches
import io.heddle.model.Model
import io.heddle.model.NormComponent
import io.heddle.model.Pool
import io.heddle.model.RelationInput
import io.heddle.model.RelativeBias
import io.heddle.model.Speech
import io.heddle.model.SpokenInput
import io.heddle.model.Stack
import io.heddle.model.TokenInput
import io.heddle.model.VectorInput
import io.heddle.recipe.Data
import io.heddle.recipe.Recipe
import io.heddle.terms.Pooling

/**
 * What is given to a model that learns labels.
 *
 * @property called what messages call inputs of that kind
 * @property inputs those of the model
 * @property missing what is told of a model that has none, or several
 * @property classes how many labels there are to choose from
 * @property relations which say who is related to whom among what is given
 * @property pooled what is told of a head that pools in another way than labels are given
 */
internal class Labelled(
    val called: String,
    val inputs: List<InputComponent>,
    val missing: Message,
    val classes: Int,
    val relations: List<RelationInput> = emptyList(),
    val pooled: (Pooling) -> Message?,
) {
    companion object {
        fun texts(model: Model, classes: Int): Labelled {
            val texts = model.all<TokenInput>()
            return Labelled("tokens inputs", texts, LabelMessages.modelHasNoTextClasses(), classes) { pooling ->
                LabelMessages.classesAreForTexts().takeIf { pooling == Pooling.Each }
            }
        }

        fun words(model: Model, tags: Int): Labelled {
            val sentences = model.all<TokenInput>()
            return Labelled("tokens inputs", sentences, LabelMessages.modelHasNoTags(), tags) { pooling ->
                LabelMessages.classesAreForWords().takeIf { pooling != Pooling.Each }
            }
        }

        fun pictures(model: Model, classes: Int): Labelled {
            val pictures = model.all<ImageInput>()
            return Labelled("image inputs", pictures, PictureDataMessages.modelHasNoPictures(), classes) { pooling ->
                PictureDataMessages.classesAreForPictures(classes).takeIf { pooling == Pooling.Each }
            }
        }

        /** One relation of the nodes, or none, is theirs: the edges. */
        fun graphs(model: Model, blocks: Int): Labelled {
            val nodes = model.all<VectorInput>()
            val edges = model.all<RelationInput>().filter { relation -> nodes.any { it.name == relation.of } }.take(1)
            return Labelled("vectors inputs", nodes, BlockGraphMessages.modelHasNoNodes(), blocks, edges) { pooling ->
                BlockGraphMessages.blocksAreOfNodes(blocks).takeIf { pooling != Pooling.Each }
            }
        }
    }
}

/** What keeps [model] from learning the labels of the recipe's data. */
internal fun Recipe.labelled(model: Model, given: Labelled): List<Problem> {
    val heads = model.all<Classify>()
    if (given.inputs.size != 1 || heads.size != 1) {
        val facts = listOf(Fact(given.called, "${given.inputs.size}"), Fact("classify", "${heads.size}"))
        return listOf(given.missing.at(model.name, facts))
    }
    val unread = model.components.filter { it !in given.inputs && it !in given.relations && it.isUnread() }
    return unread.map { RecipeOfModelMessages.readsMore().at(it.name) } +
        given.inputs.mapNotNull { tooLong(model, it) } +
        Folding.fold(model, forgets(model)) +
        (if (unread.isEmpty()) otherObjectives(model, heads.single().name) else emptyList()) +
        classes(model, given, heads.single())
}

/** That the model reads other features than nodes have. */
internal fun Recipe.features(model: Model, graphs: Data.BlockGraphs): List<Problem> {
    val nodes = model.all<VectorInput>().singleOrNull() ?: return emptyList()
    if (nodes.features == graphs.blocks) return emptyList()
    val known = fact("features of the data", graphs.blocks, "data")
    val facts = listOf(model.fact("features", nodes.features, nodes.name), known)
    return listOf(BlockGraphMessages.otherFeatures(graphs.blocks).at(nodes.name, facts))
}

/** Whether it is something that labelled data gives no numbers to, or are no labels of. */
internal fun Component.isUnread(): Boolean =
    when (this) {
        is TokenInput,
        is VectorInput,
        is FrameInput,
        is SpokenInput,
        is ImageInput,
        is FeatureMapInput,
        is CopiesInput,
        is RelationInput -> true
        is Logits,
        is Boxes,
        is Speech,
        is Contrast -> true
        is LearnedInput,
        is Stack,
        is NormComponent,
        is MergedPatches,
        is RelativeBias,
        is Pool,
        is Classify -> false
    }

private fun Recipe.classes(model: Model, given: Labelled, head: Classify): List<Problem> = buildList {
    val count = given.classes
    if (head.classes != count) {
        val known = fact("classes of the data", count, "data")
        add(LabelMessages.otherClasses(count).at(head.name, model.fact("classes", head.classes, head.name), known))
    }
    given.pooled(head.pooling)?.let { add(it.at(head.name, model.fact("pooling", head.pooling, head.name))) }
    if (head.labels == Labels.Many) {
        add(LabelMessages.manyLabels().at(head.name, model.fact("labels", head.labels, head.name)))
    }
}
