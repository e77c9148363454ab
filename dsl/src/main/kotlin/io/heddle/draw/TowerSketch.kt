package io.heddle.draw

import io.heddle.describe.words
import io.heddle.model.AddNorm
import io.heddle.model.Model
import io.heddle.model.Stack
import io.heddle.terms.DeepNorm
import io.heddle.terms.Ending
import io.heddle.terms.Parallel
import io.heddle.terms.PostNorm
import io.heddle.terms.PreNorm
import io.heddle.terms.ReZero
import io.heddle.terms.Reversible
import io.heddle.terms.Sandwich

/** Says how one stack is drawn, with layers together as [plans] say. */
internal class TowerSketch(private val model: Model, private val stack: Stack, private val plans: LayerPlans) {
    private val layout = stack.layout

    fun tower(shape: String): Tower =
        Tower(
            stack.name,
            stack.name,
            phrases(stack.words()),
            if (layout is Reversible) Streams.Two(merge(layout)) else Streams.One,
            plans.runs(stack).map { run(it) },
            ending(),
            listOf(stack.input.substringBefore('/')),
            shape,
        )

    private fun merge(layout: Reversible) =
        Box("${stack.name}/merged", Kind.Step, layout.merged.name.lowercase(), emptyList())

    private fun run(run: LayerRun): Run {
        val path = "${stack.name}/${run.layers.first()}"
        val stories = run.stories.map { story(it) }
        return Run(path, run.times, stories, plans.each(stack, run), plans.end(stack, run), run.isUnion)
    }

    private fun story(story: LayerStory): Story {
        val first = story.layers.first()
        val branches = LayerSketch(model, stack, story.layers, plans::ways).branches()
        val shown = story.branches?.let { branches.slice(it) } ?: branches
        return Story("${stack.name}/$first", story.times, story.layers, shown, plans.each(stack, story))
    }

    private fun ending(): List<Box> {
        val last = stack.layers.lastOrNull()?.parts?.filterIsInstance<AddNorm>()?.lastOrNull()
        val normed =
            when (layout) {
                is PostNorm,
                is DeepNorm,
                is ReZero -> false
                is PreNorm,
                is Sandwich,
                is Parallel,
                is Reversible -> stack.ending == Ending.Normed
            }
        return if (last == null || !normed) emptyList() else normed(stack.name, "norm", last)
    }
}
