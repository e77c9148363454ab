package io.heddle.describe

import io.heddle.model.BinaryCrossEntropy
import io.heddle.model.Contrastive
import io.heddle.model.CrossEntropy
import io.heddle.model.FrameError
import io.heddle.model.GuidedAttention
import io.heddle.model.LoadBalance
import io.heddle.model.Logits
import io.heddle.model.Matching
import io.heddle.model.Model
import io.heddle.model.Objective
import io.heddle.model.RouterSize
import io.heddle.model.StopCrossEntropy
import io.heddle.model.Structure
import io.heddle.terms.Among
import io.heddle.terms.Decay
import io.heddle.terms.Depth
import io.heddle.terms.Deviation

/** Says what training makes small. */
internal class ObjectiveEquations(private val model: Model) {
    fun sections(): List<EquationSection> {
        val frozen = model.frozen.map { "frozen: $it" }
        if (model.objectives.isEmpty())
            return if (frozen.isEmpty()) emptyList() else listOf(EquationSection("weights", emptyList(), frozen))
        val terms = model.objectives.map { if (it.weight == 1.0) term(it) else product(number(it.weight), term(it)) }
        val lines = listOf(Equation(name("loss"), sum(*terms.toTypedArray()))) + model.objectives.flatMap { lines(it) }
        return listOf(EquationSection("objective", listOf(lines), frozen))
    }

    private fun term(objective: Objective): Term =
        when (objective) {
            is CrossEntropy -> call("crossEntropy", name(objective.scores))
            is BinaryCrossEntropy -> call("binaryCrossEntropy", name(objective.scores))
            is Contrastive -> call("contrastive", name(objective.contrast))
            is Matching -> call("matching", name(objective.label), name(objective.box))
            is LoadBalance -> call("loadBalance", Term.Words(objective.path))
            is RouterSize -> call("routerSize", Term.Words(objective.path))
            is GuidedAttention -> call("guidedAttention", Term.Words(objective.path))
            is FrameError -> call("frameError", name(objective.speech))
            is StopCrossEntropy -> call("stopCrossEntropy", name(objective.speech))
        }

    private fun lines(objective: Objective): List<Equation> =
        when (objective) {
            is CrossEntropy -> listOf(crossEntropy(objective))
            is BinaryCrossEntropy -> {
                val scores = name(objective.scores)
                val each = sum(call("softplus", scores), Term.Minus(product(name("labels"), scores)))
                listOf(Equation(term(objective), call("mean", each)))
            }
            is Contrastive -> {
                val scores = name(objective.contrast)
                val both = sum(diagonal(scores), diagonal(Term.Transposed(scores)))
                listOf(Equation(term(objective), Term.Minus(Term.Fraction(both, number(2))), "each pair's own"))
            }
            is Matching -> matching(objective)
            is LoadBalance -> {
                val right = product(name("count"), Term.Total("experts", product(name("share"), name("probability"))))
                val note = "share of positions sent to it, and its mean probability" + among(objective.among)
                listOf(Equation(term(objective), right, note))
            }
            is RouterSize -> {
                val log = call("log", Term.Total("experts", call("exp", name("score"))))
                listOf(Equation(term(objective), call("mean", Term.Power(log, number(2))), "over positions"))
            }
            is GuidedAttention -> listOf(guided(objective))
            is FrameError -> listOf(frameError(objective))
            is StopCrossEntropy -> listOf(stop(objective))
        }

    private fun among(among: Among) =
        when (among) {
            Among.Batch -> ""
            Among.Sequence -> ", by sequence"
        }

    private fun diagonal(of: Term) = call("mean", Term.Row(call("log softmax", of), name("ii")))

    private fun crossEntropy(objective: CrossEntropy): Equation {
        val scores = name(objective.scores)
        val head = model.component(objective.scores) as? Logits
        val logs =
            if (head?.structure is Structure.Chain) call("log p", name("labels"))
            else Term.Row(call("log softmax", scores), name("labels"))
        val smoothing = objective.labelSmoothing
        val said = if (smoothing == 0.0) logs else product(number(1.0 - smoothing), logs)
        val whole =
            if (smoothing == 0.0) said
            else sum(said, product(number(smoothing), call("mean", call("log softmax", scores))))
        return Equation(
            term(objective),
            Term.Minus(call("mean", whole)),
            listOf("over all real labels", depth(objective.depth)).filter { it.isNotEmpty() }.joinToString(),
        )
    }

    private fun depth(depth: Depth) =
        when (depth) {
            Depth.LastLayer -> ""
            Depth.AllLayers -> "after every layer, added up"
        }

    private fun matching(objective: Matching): List<Equation> {
        val box = Term.Indexed(name(objective.box), "i")
        val wanted = name("box")
        val classes = Term.Minus(call("log p", name("class")))
        val distance = product(number(objective.distance), call("abs", sum(box, Term.Minus(wanted))))
        val overlap =
            product(
                number(objective.overlap),
                Term.Call("", listOf(sum(number(1), Term.Minus(call("GIoU", box, wanted))))),
            )
        val note = "objects matched at least cost; $nothing ${plain(objective.absent)}"
        val depth = depth(objective.depth).let { if (it.isEmpty()) "" else "; $it" }
        return listOf(Equation(term(objective), sum(classes, distance, overlap), note + depth))
    }

    private val nothing = "what is matched with nothing counts"

    private fun guided(objective: GuidedAttention): Equation {
        val gap =
            sum(Term.Fraction(name("key"), name("keys")), Term.Minus(Term.Fraction(name("query"), name("queries"))))
        val spread = product(number(2), Term.Power(number(objective.sharpness), number(2)))
        val near = call("exp", Term.Minus(Term.Fraction(Term.Power(gap, number(2)), spread)))
        val far = Term.Call("", listOf(sum(number(1), Term.Minus(near))))
        return Equation(term(objective), call("mean", product(name("probability"), far)), decay(objective.decay))
    }

    private fun frameError(objective: FrameError): Equation {
        val gap = sum(name(objective.speech), Term.Minus(name("frames")))
        val each =
            when (objective.deviation) {
                Deviation.Absolute -> call("abs", gap)
                Deviation.Squared -> Term.Power(Term.Call("", listOf(gap)), number(2))
            }
        return Equation(term(objective), call("mean", each), "over bands and real frames")
    }

    private fun stop(objective: StopCrossEntropy): Equation {
        val last = product(number(objective.positive), name("last"), call("softplus", Term.Minus(name("stop"))))
        val others =
            product(Term.Call("", listOf(sum(number(1), Term.Minus(name("last"))))), call("softplus", name("stop")))
        return Equation(term(objective), call("mean", sum(last, others)), "over real frames")
    }

    private fun decay(decay: Decay): String =
        when (decay) {
            is Decay.None -> ""
            is Decay.HalfLife -> "half as much after every ${grouped(decay.steps)} steps"
            is Decay.Linear -> "less from step to step, nothing after ${grouped(decay.steps)}"
        }
}
