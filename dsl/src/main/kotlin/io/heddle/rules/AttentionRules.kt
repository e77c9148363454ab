package io.heddle.rules

import io.heddle.check.Fact
import io.heddle.messages.AttentionMessages
import io.heddle.messages.MaskMessages
import io.heddle.messages.Message
import io.heddle.messages.PositionMessages
import io.heddle.messages.SizeMessages
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
import io.heddle.model.word
import io.heddle.terms.Blocks
import io.heddle.terms.Both
import io.heddle.terms.Causal
import io.heddle.terms.Either
import io.heddle.terms.EluPlusOne
import io.heddle.terms.Everything
import io.heddle.terms.Except
import io.heddle.terms.Favor
import io.heddle.terms.Given
import io.heddle.terms.Global
import io.heddle.terms.Mask
import io.heddle.terms.PerHead
import io.heddle.terms.Random
import io.heddle.terms.ReluFeatures
import io.heddle.terms.RotaryScaling
import io.heddle.terms.Self
import io.heddle.terms.Window
import io.heddle.terms.WindowEdge
import io.heddle.terms.Windows2d
import io.heddle.terms.relations

/** The sizes of attentions make sense, and what is said together goes together. */
internal class AttentionRules(private val findings: Findings) {
    private val model = findings.model

    fun check(part: Attending, path: String, stack: Stack) {
        heads(part, path, stack.width)
        findings.rate("dropout", part.dropout, path)
        findings.initializer(part.initializer, path)
        findings.norm(part.headNorm, path.word("headNorm"))
        (part.scale as? AttentionScale.Fixed)?.let { findings.amount("scale", it.factor, path) }
        (part.cap as? ScoreCap.Soft)?.let { findings.amount("softcap", it.limit, path.word("cap")) }
        method(part, path)
        findings.tell(MaskRules(model, path, part.heads).problems(part.mask))
        when (part) {
            is Attention -> self(part, path, stack)
            is CrossAttention -> Unit
        }
        filled(part, path, stack)
    }

    /** Zeros are put around a picture whose size is known, and which nothing stands beside. */
    private fun filled(part: Attending, path: String, stack: Stack) {
        if (!part.mask.isFilled()) return
        val alone = part.mask is Windows2d && part is Attention && part.memory == 0
        if (alone && (part.mask as Windows2d).size < 1) return
        val extent = model.soundExtent(stack.name) ?: return
        if (alone && extent is Extent.Grid && extent.classToken == ClassToken.None) return
        findings.tell(MaskMessages.filledWindowsStandAlone().at(path, model.fact("mask", part.mask, path)))
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
            findings.tell(AttentionMessages.headsAreTooWide(together, Findings.LARGEST).at(path, facts))
        }
        if (part.heads % part.keyValueHeads == 0) return
        val facts = listOf(model.fact("heads", part.heads, path), model.fact("keyValueHeads", part.keyValueHeads, path))
        val divisor = divisorBelow(part.heads, part.keyValueHeads)
        findings.tell(AttentionMessages.keyValueHeadsDoNotDivideHeads(divisor).at(path, facts))
    }

    private fun method(part: Attending, at: String) {
        val path = at.word("method")
        when (val method = part.method) {
            is Method.Softmax -> Unit
            is Method.TopK -> findings.positive("topK", method.keys, path)
            is Method.LowRank -> {
                findings.positive("rank", method.rank, path)
                val unknown = AttentionMessages.lengthIsUnknown(method.rank)
                findings.require(method.length > 0, path, "length", method.length, unknown)
                plain(part, at, "lowRank")
            }
            is Method.Kernel -> {
                when (val map = method.map) {
                    is EluPlusOne -> Unit
                    is ReluFeatures -> findings.positive("features", map.features, path)
                    is Favor -> findings.positive("features", map.features, path)
                }
                plain(part, at, "kernel")
            }
            is Method.Hashed -> {
                findings.positive("buckets", method.buckets, path)
                val odd = AttentionMessages.bucketsComeInPairs(method.buckets + 1)
                findings.require(method.buckets < 1 || method.buckets % 2 == 0, path, "buckets", method.buckets, odd)
                findings.positive("rounds", method.rounds, path)
                findings.positive("chunk", method.chunk, path)
                plain(part, at, "hashed")
                sortedTogether(part, at)
            }
        }
    }

    /** Queries and keys are sorted into the same buckets, so they are of one sequence, and of as many heads. */
    private fun sortedTogether(part: Attending, path: String) {
        if (part is CrossAttention)
            findings.tell(AttentionMessages.hashedLooksElsewhere().at(path, model.fact("from", part.from, path)))
        // Where queries and keys share a map, that is told of the map.
        val isTold = part is Attention && part.content == Content.SharedQueriesAndKeys
        if (part.keyValueHeads == part.heads || isTold) return
        val facts = listOf(model.fact("heads", part.heads, path), model.fact("keyValueHeads", part.keyValueHeads, path))
        findings.tell(AttentionMessages.hashedHeadsShareKeys(part.heads).at(path, facts))
    }

    /** Where scores are never written down, nothing can be done to them. */
    private fun plain(part: Attending, path: String, verb: String) {
        val touched =
            listOfNotNull(
                Touched("scale", "scale", part.scale).takeIf { part.scale is AttentionScale.Fixed && verb == "kernel" },
                Touched("softcap", "cap", part.cap).takeIf { part.cap != ScoreCap.None },
                Touched("talkingHeads()", "mixing", part.mixing).takeIf { part.mixing != HeadMixing.None },
                Touched("attention dropout", "dropout", part.dropout).takeIf { part.dropout > 0.0 && verb == "kernel" },
                Touched("a mask", "mask", part.mask).takeIf { hides(part.mask, verb) },
            ) + if (part is Attention) touched(part) else emptyList()
        touched.forEach { (word, property, value) ->
            val facts = listOf(model.fact("method", verb, path)) + model.edited(property, value, path)
            findings.tell(AttentionMessages.methodDoesNotGoWith(verb, word).at(path, facts))
        }
    }

    /** What is said of scores: how it is told, the property that it stands in, what it is. */
    private data class Touched(val word: String, val property: String, val value: Any)

    private fun touched(part: Attention) =
        listOfNotNull(
            Touched("a relative position", "relative", part.relative).takeIf { part.relative != Relative.None },
            Touched("memory()", "memory", part.memory).takeIf { part.memory > 0 },
            Touched("globalProjections()", "globals", part.globals).takeIf { part.globals == GlobalMaps.Own },
        )

    private fun hides(mask: Mask, verb: String) =
        when (verb) {
            "lowRank" -> mask != Everything
            else -> mask != Everything && mask != Causal
        }

    private fun self(part: Attention, path: String, stack: Stack) {
        rotary(part, path)
        relative(part, path, stack)
        findings.notTooLarge("memory", part.memory, path)
        val forgetful = AttentionMessages.lessThanNothingIsRemembered()
        findings.require(part.memory >= 0, path, "memory", part.memory, forgetful)
        val placed = part.memory == 0 || part.mask.relations().isEmpty()
        if (!placed) tell(AttentionMessages.memoryHasNoRelation(), path, part, "memory", part.memory)
        val global = part.globals == GlobalMaps.Shared || named(part.mask)
        if (!global) tell(AttentionMessages.nothingIsGlobal(), path, part, "globals", part.globals)
        val alike = part.content != Content.SharedQueriesAndKeys || part.keyValueHeads == part.heads
        if (alike) return
        val facts =
            listOf(model.fact("keyValueHeads", part.keyValueHeads, path)) + model.edited("content", part.content, path)
        findings.tell(AttentionMessages.sharedMapsHaveOtherHeads().at(path, facts))
    }

    /** What does not go with the mask, which an edit may have said as well as the mask. */
    private fun tell(message: Message, path: String, part: Attention, word: String, value: Any) {
        findings.tell(message.at(path, listOf(model.fact("mask", part.mask, path)) + model.edited(word, value, path)))
    }

    private fun Mask.isFilled(): Boolean =
        when (this) {
            is Windows2d -> edge == WindowEdge.Filled
            is Both -> first.isFilled() || second.isFilled()
            is Either -> first.isFilled() || second.isFilled()
            is Except -> hidden.isFilled()
            is Blocks -> mask.isFilled()
            is PerHead -> masks.any { it.isFilled() }
            is Everything,
            is Causal,
            is Self,
            is Window,
            is Global,
            is Random,
            is Given -> false
        }

    private fun named(mask: Mask): Boolean =
        when (mask) {
            is Global,
            is Given -> true
            is Both -> named(mask.first) || named(mask.second)
            is Either -> named(mask.first) || named(mask.second)
            else -> false
        }

    private fun rotary(part: Attention, at: String) {
        val path = at.word("rotary")
        val rotary = part.rotary as? Rotary.Turned ?: return
        findings.amount("base", rotary.base, path)
        findings.share("share", rotary.share, path)
        when (val scaling = rotary.scaling) {
            is RotaryScaling.None -> Unit
            is RotaryScaling.Linear -> findings.amount("factor", scaling.factor, path)
            is RotaryScaling.ByFrequency -> {
                findings.amount("factor", scaling.factor, path)
                findings.amount("low", scaling.low, path)
                val low = PositionMessages.highIsNotAboveLow()
                findings.require(scaling.high > scaling.low, path, "high", scaling.high, low)
                findings.positive("length", scaling.length, path)
            }
        }
        if (part.headWidth > 0) pairs(part, rotary, at)
    }

    private fun pairs(part: Attention, rotary: Rotary.Turned, path: String) {
        val turned = (part.headWidth * rotary.share).toInt()
        if (turned % 2 == 0) return
        val wide =
            model.edited("headWidth", part.headWidth, path).ifEmpty { listOf(Fact("headWidth", "${part.headWidth}")) }
        val turns = model.edited("rotary", rotary, path)
        findings.tell(
            if (turned == part.headWidth)
                PositionMessages.headsTurnNoPairs(part.heads, part.headWidth)
                    .at(path, wide + model.fact("heads", part.heads, path) + turns)
            else
                PositionMessages.shareTurnsNoPairs(turned, part.headWidth)
                    .at(path, wide + model.fact("share", rotary.share, path.word("rotary")))
        )
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
                            model.fact("heads of ${bias.name}", bias.heads, bias.name.word("heads")),
                        ) + model.edited("relative", bias.name, path)
                    findings.tell(PositionMessages.biasHasOtherHeads(bias.name, part.heads).at(path, facts))
                } else Unit
            }
            is Relative.Grid -> {
                findings.initializer(relative.initializer, path.word("relative"))
                val unknown = PositionMessages.reachOfGridIsUnknown()
                findings.require(relative.size > 0, path.word("relative"), "size", relative.size, unknown)
                grid(path, stack)
            }
            is Relative.Clipped -> {
                findings.positive("reach", relative.reach, path.word("relative"))
                findings.initializer(relative.initializer, path.word("relative"))
            }
            is Relative.Sinusoidal -> waves(path, stack)
        }

    private fun waves(path: String, stack: Stack) {
        if (stack.width <= 0 || stack.width % 2 == 0) return
        val width = model.fact("width", stack.width, if (stack.width == model.width) "" else stack.name)
        val facts = listOf(width) + model.edited("relative", Relative.Sinusoidal, path)
        findings.tell(SizeMessages.wavesNeedEvenWidth(stack.width + 1).at(path, facts))
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
        val row = model.fact("positions", "one after the other", path.word("relative"))
        findings.tell(PositionMessages.attentionSeesNoGrid().at(path, row))
    }
}
