package io.heddle.huggingface

import io.heddle.check.Problem
import io.heddle.check.ProblemsException
import io.heddle.json.JsonNode
import io.heddle.json.JsonParser
import io.heddle.json.JsonProblems
import io.heddle.messages.ConfigMessages
import io.heddle.model.Model
import io.heddle.model.Origins
import io.heddle.rules.checked

/** The models that a `config.json` of Hugging Face transformers can describe. */
public object HuggingFaceModels {
    private val families =
        listOf(Gpt2, Llama, Bert, Albert, Bart, T5, Switch, Vit, Swin, Clip)
            .plus(listOf(Longformer, BigBird, Reformer, TransformerXl))
            .associateBy { it.type }

    /** What `model_type` may say. */
    @JvmStatic
    public val types: List<String>
        get() = families.keys.toList()

    /**
     * The model that a configuration describes. Keys that change no number are passed over, all others are understood
     * or told.
     *
     * @param config the text of a `config.json`
     * @param file what to call it in problems
     * @param tensors the names of the checkpoint's tensors: they tell which heads the model has
     * @throws ProblemsException with everything that Heddle has nothing for, each with its JSON path
     */
    @JvmStatic
    public fun read(config: String, file: String, tensors: Collection<String>): HuggingFaceModel {
        val node = JsonParser(config, file).parse()
        if (node !is JsonNode.Object) throw ProblemsException(ConfigMessages.notAnObject().at(file))
        val told = JsonProblems(file)
        val noted = JsonProblems(file)
        val asked = Config(node, "$", told, noted)
        val family = asked.choice("model_type", families, null)
        if (told.problems.isNotEmpty()) throw ProblemsException(told.problems)
        val prefix = if (tensors.any { it.startsWith(family.prefix) }) "" else family.prefix
        asked.ignore(withoutNumbers)
        oneValue.filterKeys { it !in family.own }.forEach(asked::only)
        val model = family.model(asked, Tensors(tensors.mapTo(HashSet()) { prefix + it }))
        asked.finish()
        if (told.problems.isNotEmpty()) throw ProblemsException(told.problems)
        return HuggingFaceModel(family.type, prefix, model.withoutOrigins().checked(), noted.problems)
    }

    /** The lines that describe a family are nobody's to change. */
    private fun Model.withoutOrigins() = Model(name, width, components, objectives, frozen, Origins.None, findings)
}

/**
 * A model that a configuration of Hugging Face transformers describes.
 *
 * @property family its `model_type`
 * @property prefix what the names of its tensors lack to be those of the family; empty for most
 * @property model the same, in Heddle's words
 * @property notes what the reference does with these weights and Heddle does not, each with its JSON path; empty for
 *   most
 */
public class HuggingFaceModel
internal constructor(
    public val family: String,
    public val prefix: String,
    public val model: Model,
    public val notes: List<Problem>,
)
