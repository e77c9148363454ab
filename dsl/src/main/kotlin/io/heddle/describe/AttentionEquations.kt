package io.heddle.describe

import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.AttentionScale
import io.heddle.model.Content
import io.heddle.model.CrossAttention
import io.heddle.model.GlobalMaps
import io.heddle.model.HeadMixing
import io.heddle.model.InputComponent
import io.heddle.model.Method
import io.heddle.model.Model
import io.heddle.model.Position
import io.heddle.model.Relative
import io.heddle.model.Rotary
import io.heddle.model.ScoreCap
import io.heddle.model.Stack
import io.heddle.model.inputBelow
import io.heddle.terms.EluPlusOne
import io.heddle.terms.Everything
import io.heddle.terms.Favor
import io.heddle.terms.FeatureMap
import io.heddle.terms.MixtureSharing
import io.heddle.terms.Neighbours
import io.heddle.terms.PositionTarget
import io.heddle.terms.ReluFeatures

/** Says what one attention does: its maps, its scores `S`, its heads. */
internal class AttentionEquations(private val model: Model, private val stack: Stack, private val part: Attending) {
    private val self = part as? Attention
    private val relative = self?.relative ?: Relative.None
    private val queries = name("Q")
    private val keys = name("K")
    private val values = name("V")

    fun lines(): List<Equation> = listOf(joined()) + maps() + method() + mask() + globals()

    private fun joined(): Equation {
        val first = Term.Indexed(name("head"), "1")
        val all =
            if (part.heads == 1) first
            else Term.Beside(listOf(first, name(".."), Term.Indexed(name("head"), "${part.heads}")))
        val left = if (part is CrossAttention) call(part.name, x, name("memory")) else call(part.name, x)
        return Equation(left, linear(all, "output", part.bias), heads())
    }

    private fun heads(): String {
        val values = if (part.valueWidth == part.headWidth) "" else ", values of ${part.valueWidth}"
        val shared = if (part.keyValueHeads == part.heads) "" else ", ${part.keyValueHeads} of keys and values"
        return "${part.heads} ${if (part.heads == 1) "head" else "heads"} of ${part.headWidth}$values$shared"
    }

    private fun maps(): List<Equation> {
        val seen =
            if (part is CrossAttention) name("memory") else if (memory > 0) Term.Beside(listOf(name("m"), x)) else x
        val from =
            if (part is CrossAttention) model.inputBelow(part.from.substringBefore('/'))
            else model.inputBelow(stack.name)
        val query = content(x, model.inputBelow(stack.name))
        val key = content(seen, from)
        val shared = self?.content == Content.SharedQueriesAndKeys
        val notes = if (memory > 0) "m: the ${grouped(memory)} positions before, without a gradient" else ""
        return listOf(
            Equation(queries, turned(headNormed(linear(query, "query", part.bias)))),
            if (shared) Equation(keys, queries)
            else Equation(keys, turned(headNormed(linear(key, "key", part.bias))), notes),
            Equation(values, linear(seen, "value", part.bias)),
        ) + rotary()
    }

    private val memory: Int
        get() = self?.memory ?: 0

    private fun content(of: Term, input: String): Term {
        if (self?.content == Content.Positions) return call("sincos", name("positions"))
        val below = model.component(input) as InputComponent
        val added = below.position !is Position.None && below.position.to == PositionTarget.QueriesAndKeys
        return if (added) sum(of, InputEquations.position(below)) else of
    }

    private fun headNormed(of: Term): Term = normed(part.headNorm, part.bias, of)

    private fun turned(of: Term): Term = if (self?.rotary is Rotary.Turned) call("rotate", of) else of

    private fun rotary(): List<Equation> =
        when (val rotary = self?.rotary) {
            is Rotary.Turned -> RotaryEquations.lines(rotary, part.headWidth)
            is Rotary.None,
            null -> emptyList()
        }

    private fun method(): List<Equation> =
        when (val method = part.method) {
            is Method.Softmax -> scored(name("S"), values)
            is Method.TopK -> scored(call("top_${method.keys}", name("S")), values)
            is Method.LowRank -> {
                val size = "E and F of ${grouped(method.rank)} x ${grouped(method.length)}, ${sharing(method.sharing)}"
                scored(name("S"), product(name("F"), values), product(name("E"), keys), size)
            }
            is Method.Kernel -> kernel(method.map)
            is Method.Hashed -> hashed(method)
        }

    private fun sharing(sharing: MixtureSharing) =
        when (sharing) {
            MixtureSharing.None -> "two for each head"
            MixtureSharing.Heads -> "the same for all heads"
            MixtureSharing.KeysAndValues -> "E = F, the same for all heads"
            MixtureSharing.Layers -> "E = F, the same for all layers"
        }

    private fun scored(scores: Term, values: Term, keys: Term = this.keys, note: String = ""): List<Equation> {
        val probabilities = call("softmax", scores)
        val mixed = if (part.mixing == HeadMixing.Talking) product(name("M"), probabilities) else probabilities
        val dropout = if (part.dropout == 0.0) "" else dropoutWords()
        val head = Equation(name("head"), product(dropped(part.dropout, mixed), values), dropout)
        return listOf(head, Equation(name("S"), scores(keys), note)) + talking() + relativeLines()
    }

    private fun dropoutWords() = "dropout ${plain(part.dropout)}"

    private fun talking(): List<Equation> =
        if (part.mixing == HeadMixing.None) emptyList()
        else listOf(Equation(name("L, M"), Term.Words("maps over heads, ${part.heads} x ${part.heads}")))

    private fun scores(keys: Term): Term {
        val products =
            when (relative) {
                is Relative.Clipped -> product(queries, Term.Transposed(sum(keys, Term.Row(name("R"), distance))))
                is Relative.Sinusoidal ->
                    sum(
                        product(sum(queries, name("u")), Term.Transposed(keys)),
                        product(sum(queries, name("v")), Term.Transposed(name("R"))),
                    )
                is Relative.None,
                is Relative.Alibi,
                is Relative.Bias,
                is Relative.Grid -> product(queries, Term.Transposed(keys))
            }
        val mixed =
            capped(scaled(products)).let { if (part.mixing == HeadMixing.Talking) product(name("L"), it) else it }
        val masked = if (part.mask == Everything) emptyList() else listOf(name("mask"))
        return sum(mixed, *(bias() + masked).toTypedArray())
    }

    private val distance = sum(name("j"), Term.Minus(name("i")))

    private fun scaled(products: Term): Term =
        when (val scale = part.scale) {
            is AttentionScale.RootHeadWidth -> Term.Fraction(products, Term.Root(number(part.headWidth)))
            is AttentionScale.Fixed -> if (scale.factor == 1.0) products else product(number(scale.factor), products)
        }

    private fun capped(scores: Term): Term =
        when (val cap = part.cap) {
            is ScoreCap.None -> scores
            is ScoreCap.Soft -> product(number(cap.limit), call("tanh", Term.Fraction(scores, number(cap.limit))))
        }

    private fun bias(): List<Term> =
        when (relative) {
            is Relative.Alibi -> listOf(Term.Minus(product(name("slope"), Term.Call("abs", listOf(distance)))))
            is Relative.Bias -> listOf(name(relative.bias))
            is Relative.Grid -> listOf(Term.Row(name("B"), Term.Words("rows and columns from j to i")))
            is Relative.None,
            is Relative.Clipped,
            is Relative.Sinusoidal -> emptyList()
        }

    private fun relativeLines(): List<Equation> =
        when (relative) {
            is Relative.Alibi -> {
                val power = Term.Fraction(Term.Minus(product(number(EIGHT), name("h"))), number(part.heads))
                listOf(Equation(name("slope"), Term.Power(number(2), power), "head h from 1"))
            }
            is Relative.Grid ->
                listOf(
                    Equation(
                        name("B"),
                        Term.Words("a trained number for each of ${side(relative.size)} distances and each head"),
                    )
                )
            is Relative.Clipped ->
                listOf(
                    Equation(name("R"), Term.Words("trained vectors, distances clipped to ${grouped(relative.reach)}"))
                )
            is Relative.Sinusoidal ->
                listOf(
                    Equation(
                        name("R"),
                        product(call("sincos", distance), weight("relative")),
                        "u and v trained for each head",
                    )
                )
            is Relative.None,
            is Relative.Bias -> emptyList()
        }

    private fun side(size: Int) = (2 * size - 1).let { "$it x $it" }

    private fun kernel(map: FeatureMap): List<Equation> {
        fun phi(of: Term) = call("phi", of)
        val over = product(phi(queries), Term.Call("", listOf(product(Term.Transposed(phi(keys)), values))))
        val under = product(phi(queries), Term.Call("", listOf(product(Term.Transposed(phi(keys)), number(1)))))
        return listOf(
            Equation(name("head"), Term.Fraction(over, under)),
            Equation(call("phi", x), features(map), about(map)),
        )
    }

    private fun features(map: FeatureMap): Term =
        when (map) {
            is EluPlusOne -> sum(call("elu", x), number(1))
            is ReluFeatures -> sum(call("relu", product(name("Omega"), x)), number(0.001))
            is Favor -> {
                val half = Term.Fraction(Term.Power(Term.Call("norm", listOf(x)), number(2)), number(2))
                Term.Fraction(
                    call("exp", sum(product(name("Omega"), x), Term.Minus(half))),
                    Term.Root(number(map.features)),
                )
            }
        }

    private fun about(map: FeatureMap): String =
        when (map) {
            is EluPlusOne -> ""
            is ReluFeatures -> directions(map.features, map.seed)
            is Favor -> directions(map.features, map.seed)
        }

    private fun directions(features: Int, seed: Long) =
        "${grouped(features)} orthogonal directions Omega, seed $seed; x scaled by ${part.headWidth}^(-1/4)"

    private fun hashed(method: Method.Hashed): List<Equation> {
        val probabilities = call("softmax", Term.Indexed(name("S"), "r"))
        val rounds =
            Term.Total("r", product(Term.Indexed(name("share"), "r"), dropped(part.dropout, probabilities), values))
        val chunk =
            "${method.rounds} rounds; S over ${seen(method)}, " +
                "sorted by ${method.buckets} buckets, seed ${method.seed}" +
                if (part.dropout == 0.0) "" else "; ${dropoutWords()}"
        return listOf(Equation(name("head"), rounds, chunk), Equation(Term.Indexed(name("S"), "r"), scores(keys))) +
            relativeLines()
    }

    private fun seen(method: Method.Hashed) =
        "chunks of ${method.chunk} and the one before" +
            when (method.neighbours) {
                Neighbours.Chunks -> ""
                Neighbours.Bucket -> ", in one bucket"
            }

    private fun mask(): List<Equation> =
        if (part.mask == Everything) emptyList()
        else if (part.method is Method.Kernel)
            listOf(Equation(name("mask"), Term.Words("${part.mask}: sums run over what it lets through")))
        else listOf(Equation(name("mask"), Term.Words("0 where ${part.mask}, else -infinity")))

    private fun globals(): List<Equation> =
        when (self?.globals) {
            GlobalMaps.Own ->
                listOf(
                    Equation(
                        name("global"),
                        Term.Words(
                            "positions that the mask names have W_query, W_key and W_value of their own, and see all"
                        ),
                    )
                )
            GlobalMaps.Shared,
            null -> emptyList()
        }

    private companion object {
        const val EIGHT = 8
    }
}
