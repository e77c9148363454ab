package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.AttentionScale
import io.heddle.model.ClassToken
import io.heddle.model.Content
import io.heddle.model.CrossAttention
import io.heddle.model.Extent
import io.heddle.model.GlobalMaps
import io.heddle.model.HeadMixing
import io.heddle.model.Method
import io.heddle.model.Relative
import io.heddle.model.RelativeBias
import io.heddle.model.Rotary
import io.heddle.model.ScoreCap
import io.heddle.model.Stack
import io.heddle.terms.Both
import io.heddle.terms.Causal
import io.heddle.terms.Either
import io.heddle.terms.EluPlusOne
import io.heddle.terms.Everything
import io.heddle.terms.Favor
import io.heddle.terms.Global
import io.heddle.terms.Mask
import io.heddle.terms.ReluFeatures
import io.heddle.terms.RotaryScaling
import io.heddle.terms.relations

/** The sizes of attentions make sense, and what is said together goes together. */
internal class AttentionRules(private val findings: Findings) {
    private val model = findings.model

    fun check(part: Attending, path: String, stack: Stack) {
        heads(part, path, stack.width)
        findings.rate("dropout", part.dropout, path)
        findings.initializer(part.initializer, path)
        findings.norm(part.headNorm, path)
        (part.scale as? AttentionScale.Fixed)?.let { findings.amount("scale", it.factor, path) }
        (part.cap as? ScoreCap.Soft)?.let { findings.amount("softcap", it.limit, path) }
        method(part, path)
        findings.tell(MaskRules(model, path, part.heads).problems(part.mask))
        when (part) {
            is Attention -> self(part, path, stack)
            is CrossAttention -> Unit
        }
    }

    private fun heads(part: Attending, path: String, width: Int) {
        findings.positive("heads", part.heads, path)
        if (part.keyValueHeads != part.heads) findings.positive("keyValueHeads", part.keyValueHeads, path)
        if (part.heads <= 0 || part.keyValueHeads <= 0) return
        // What follows from a width that is not positive is not told again.
        if (width > 0 && model.findings.none { it.place == path }) {
            findings.positive("headWidth", part.headWidth, path)
            if (part.valueWidth != part.headWidth) findings.positive("valueWidth", part.valueWidth, path)
        }
        val together = part.heads.toLong() * maxOf(part.headWidth, part.valueWidth)
        if (together > Findings.LARGEST) {
            val facts = listOf(model.fact("heads", part.heads, path), model.fact("headWidth", part.headWidth, path))
            val mend = "heads * headWidth is $together, and at most ${Findings.LARGEST} will do."
            findings.tell(Problem(path, "heads are too wide together", facts, mend))
        }
        if (part.heads % part.keyValueHeads == 0) return
        val facts = listOf(model.fact("heads", part.heads, path), model.fact("keyValueHeads", part.keyValueHeads, path))
        val mend =
            "Each head of keys and values serves the same number of query heads. " +
                "Try keyValueHeads = ${divisorBelow(part.heads, part.keyValueHeads)}."
        findings.tell(Problem(path, "heads of keys and values do not divide heads", facts, mend))
    }

    private fun method(part: Attending, path: String) =
        when (val method = part.method) {
            is Method.Softmax -> Unit
            is Method.TopK -> findings.positive("topK", method.keys, path)
            is Method.LowRank -> {
                findings.positive("rank", method.rank, path)
                findings.require(
                    method.length > 0,
                    path,
                    "how long sequences become is not known",
                    "length",
                    method.length,
                    "Say lowRank(${method.rank}, length = 512), or give the input learnedPositions(512).",
                )
                plain(part, path, "lowRank")
            }
            is Method.Kernel -> {
                when (val map = method.map) {
                    is EluPlusOne -> Unit
                    is ReluFeatures -> findings.positive("features", map.features, path)
                    is Favor -> findings.positive("features", map.features, path)
                }
                plain(part, path, "kernel")
            }
            is Method.Hashed -> {
                findings.positive("buckets", method.buckets, path)
                findings.require(
                    method.buckets % 2 == 0,
                    path,
                    "buckets come in pairs",
                    "buckets",
                    method.buckets,
                    "A direction and its opposite are a bucket each: say ${method.buckets + 1}.",
                )
                findings.positive("rounds", method.rounds, path)
                findings.positive("chunk", method.chunk, path)
                plain(part, path, "hashed")
            }
        }

    /** Where scores are never written down, nothing can be done to them. */
    private fun plain(part: Attending, path: String, verb: String) {
        val self = part as? Attention
        val touched =
            listOfNotNull(
                "softcap".takeIf { part.cap != ScoreCap.None },
                "talkingHeads()".takeIf { part.mixing != HeadMixing.None },
                "attention dropout".takeIf { part.dropout > 0.0 && verb == "kernel" },
                "a mask".takeIf { hides(part.mask, verb) },
                "a relative position".takeIf { self != null && self.relative != Relative.None },
                "memory()".takeIf { self != null && self.memory > 0 },
                "globalProjections()".takeIf { self != null && self.globals == GlobalMaps.Own },
            )
        touched.forEach { word ->
            val facts = listOf(model.fact("method", verb, path))
            val mend = "Leave out one of the two: $verb has no scores of single keys that $word could change."
            findings.tell(Problem(path, "$verb does not go with $word", facts, mend))
        }
    }

    private fun hides(mask: Mask, verb: String) =
        when (verb) {
            "lowRank" -> mask != Everything
            else -> mask != Everything && mask != Causal
        }

    private fun self(part: Attention, path: String, stack: Stack) {
        rotary(part, path)
        relative(part, path, stack)
        findings.require(
            part.memory in 0..Findings.LARGEST,
            path,
            "less than nothing is remembered",
            "memory",
            part.memory,
            "Say memory(150), or leave it out.",
        )
        findings.require(
            part.memory == 0 || part.mask.relations().isEmpty(),
            path,
            "what is remembered has no place in a relation",
            "mask",
            part.mask,
            "A relation tells of the positions of one run: leave memory() out.",
        )
        findings.require(
            part.globals == GlobalMaps.Shared || named(part.mask),
            path,
            "no position is global",
            "mask",
            part.mask,
            "Say which: mask = Window(256) or Global(0).",
        )
        if (part.content == Content.SharedQueriesAndKeys && part.keyValueHeads != part.heads) {
            val facts = listOf(model.fact("keyValueHeads", part.keyValueHeads, path))
            val mend = "One map for queries and keys gives as many of each: leave keyValueHeads out."
            findings.tell(Problem(path, "shared queries and keys have other numbers of heads", facts, mend))
        }
    }

    private fun named(mask: Mask): Boolean =
        when (mask) {
            is Global -> true
            is Both -> named(mask.first) || named(mask.second)
            is Either -> named(mask.first) || named(mask.second)
            else -> false
        }

    private fun rotary(part: Attention, path: String) {
        val rotary = part.rotary as? Rotary.Turned ?: return
        findings.amount("base", rotary.base, path)
        findings.share("share", rotary.share, path)
        when (val scaling = rotary.scaling) {
            is RotaryScaling.None -> Unit
            is RotaryScaling.Linear -> findings.amount("factor", scaling.factor, path)
            is RotaryScaling.ByFrequency -> {
                findings.amount("factor", scaling.factor, path)
                findings.amount("low", scaling.low, path)
                findings.require(
                    scaling.high > scaling.low,
                    path,
                    "high is not above low",
                    "high",
                    scaling.high,
                    "Llama 3.1 has low = 1.0 and high = 4.0.",
                )
                findings.positive("length", scaling.length, path)
            }
        }
        val turned = (part.headWidth * rotary.share).toInt()
        if (turned % 2 == 0) return
        val facts = listOf(Fact("headWidth", "${part.headWidth}"), model.fact("heads", part.heads, path))
        val mend = "Choose heads so that width / heads is even."
        findings.tell(Problem(path, "rotary positions turn pairs, and a head has an odd width", facts, mend))
    }

    private fun relative(part: Attention, path: String, stack: Stack) =
        when (val relative = part.relative) {
            is Relative.None,
            is Relative.Alibi -> Unit
            is Relative.Bias -> {
                val bias = model.components.find { it.name == relative.bias } as? RelativeBias
                if (bias != null && bias.heads != part.heads) {
                    val facts =
                        listOf(
                            model.fact("heads", part.heads, path),
                            model.fact("heads of ${bias.name}", bias.heads, bias.name),
                        )
                    val mend = "Say relativeBias(heads = ${part.heads}) for ${bias.name}."
                    findings.tell(Problem(path, "its relative bias has other heads", facts, mend))
                } else Unit
            }
            is Relative.Grid -> {
                findings.initializer(relative.initializer, path)
                findings.require(
                    relative.size > 0,
                    path,
                    "how far the relative bias reaches is not known",
                    "size",
                    relative.size,
                    "Say relativeBias2d(7), or mask = Windows2d(7) before it.",
                )
                grid(path, stack)
            }
            is Relative.Clipped -> {
                findings.positive("reach", relative.reach, path)
                findings.initializer(relative.initializer, path)
            }
            is Relative.Sinusoidal ->
                findings.require(
                    stack.width % 2 == 0,
                    path,
                    "sines and cosines need an even width",
                    "width",
                    stack.width,
                    "Try width = ${stack.width + 1}.",
                )
        }

    private fun grid(path: String, stack: Stack) {
        val plane =
            when (val extent = model.soundExtent(stack.name)) {
                null -> return
                is Extent.Grid -> extent.classToken == ClassToken.None
                is Extent.OpenGrid -> true
                is Extent.Open,
                is Extent.Row -> false
            }
        if (plane) return
        val facts = listOf(model.fact("positions", "one after the other", path))
        val mend = "Rows and columns come from image() without classToken(), or from featureMap()."
        findings.tell(Problem(path, "its positions have no rows and columns", facts, mend))
    }
}
