@file:JvmName("Draw")

package io.heddle.draw

import io.heddle.check.ProblemsException
import io.heddle.model.Model
import io.heddle.rules.check

/**
 * The model as a picture, in SVG. It has its own white background, asks for nothing from outside, and is the same every
 * time; equal layers are drawn once, with how often they come.
 *
 * @param placing what finds places for its parts
 * @throws ProblemsException for a model that does not fit together
 */
public fun Model.svg(placing: Placing): String = SvgPicture(sketched(), placing).text()

private fun Model.sketched(): Sketch {
    val problems = check()
    if (problems.isNotEmpty()) throw ProblemsException(problems)
    return Sketcher(this).sketch()
}

/**
 * The model as a flowchart in the language of Mermaid, which Markdown pages draw.
 *
 * @throws ProblemsException for a model that does not fit together
 */
public fun Model.mermaid(): String = MermaidText(sketched()).write()

/**
 * The model in the language of Graphviz's `dot`.
 *
 * @throws ProblemsException for a model that does not fit together
 */
public fun Model.dot(): String = DotText(sketched()).write()

/**
 * What attentions see, in SVG: queries go down and keys across, and what is seen, hidden, or given with the data has a
 * colour each. What differs from head to head, or is drawn at random in each layer, stands side by side.
 *
 * @param attention the path of an attention, as `encoder/0/attention`; a pattern, in which `*` is any word; or as much
 *   of a path as no other has
 * @param size how many positions are shown, of a picture in rows of its own length or square; null for as many as show
 *   what the mask does
 * @throws ProblemsException where there is no such attention, the size is none, or the model does not fit together
 */
@JvmOverloads
public fun Model.maskSvg(attention: String, size: Int? = null): String {
    val problems = check()
    if (problems.isNotEmpty()) throw ProblemsException(problems)
    return MaskPicture(MaskPanels(this, attention, size).panels()).text()
}
