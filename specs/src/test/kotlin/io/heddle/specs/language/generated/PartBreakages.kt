package io.heddle.specs.language.generated

import io.heddle.model.AddNorm
import io.heddle.model.Attending
import io.heddle.model.Attention
import io.heddle.model.AttentionScale
import io.heddle.model.BranchFactor
import io.heddle.model.Content
import io.heddle.model.CrossAttention
import io.heddle.model.Experts
import io.heddle.model.FeedForward
import io.heddle.model.GlobalMaps
import io.heddle.model.Layer
import io.heddle.model.Method
import io.heddle.model.Relative
import io.heddle.model.RelativeBias
import io.heddle.model.Rotary
import io.heddle.model.ScoreCap
import io.heddle.model.Stack
import io.heddle.terms.Blocks
import io.heddle.terms.Causal
import io.heddle.terms.EluPlusOne
import io.heddle.terms.Everything
import io.heddle.terms.Given
import io.heddle.terms.Global
import io.heddle.terms.LayerNorm
import io.heddle.terms.Mask
import io.heddle.terms.Normal
import io.heddle.terms.PerHead
import io.heddle.terms.Random
import io.heddle.terms.RotaryPairs
import io.heddle.terms.RotaryScaling
import io.heddle.terms.Self
import io.heddle.terms.Window
import io.heddle.terms.Windows2d

private inline fun attention(name: String, crossinline change: (Attention) -> Attention?): Breakage =
    part<Attention>(name) { attention, _ -> change(attention) }

private fun mask(name: String, mask: (Mask) -> Mask): Breakage =
    attention("a mask $name") { part ->
        // Where a method goes with few masks, that would be told as well, and of the same block.
        if (part.method == Method.Softmax) part.copy(mask = mask(part.mask), globals = GlobalMaps.Shared) else null
    }

/** Of which the first number or word of a part is wrong. */
val partBreakages: List<Breakage> =
    listOf(
        attention("no heads") { it.copy(heads = 0) },
        attention("fewer than no heads") { it.copy(heads = -2, keyValueHeads = -2) },
        attention("heads of keys that do not divide heads") { it.copy(keyValueHeads = it.heads + 1) },
        attention("heads too wide") { it.copy(headWidth = 1 shl 24, heads = 1 shl 10, keyValueHeads = 1 shl 10) },
        attention("heads without a width") { it.copy(headWidth = 0) },
        attention("values of less than no width") { it.copy(valueWidth = -1) },
        attention("attention dropout above 1") { it.copy(dropout = 1.5) },
        attention("no scale") { it.copy(scale = AttentionScale.Fixed(0.0)) },
        attention("an infinite scale") { it.copy(scale = AttentionScale.Fixed(Double.POSITIVE_INFINITY)) },
        attention("a negative softcap") { it.copy(cap = ScoreCap.Soft(-1.0)) },
        attention("a head norm without epsilon") { it.copy(headNorm = LayerNorm(0.0)) },
        attention("less than no memory") { it.copy(memory = -1) },
        attention("too much memory") { it.copy(memory = Int.MAX_VALUE) },
        attention("no keys to choose") { it.copy(method = Method.TopK(0)) },
        attention("an odd number of buckets") { part ->
            (part.method as? Method.Hashed)?.let { part.copy(method = it.copy(buckets = 3)) }
        },
        attention("a rank of nothing") { part ->
            (part.method as? Method.LowRank)?.let { part.copy(method = it.copy(rank = 0)) }
        },
        attention("low rank of unknown length") { part ->
            (part.method as? Method.LowRank)?.let { part.copy(method = it.copy(length = 0)) }
        },
        attention("a kernel with a window") { it.copy(method = Method.Kernel(EluPlusOne), mask = Window(3)) },
        attention("low rank that is causal") { part ->
            if (part.method is Method.LowRank) part.copy(mask = Causal) else null
        },
        attention("global maps without a global position") { it.copy(mask = Causal, globals = GlobalMaps.Own) },
        attention("shared maps of other heads") {
            it.copy(content = Content.SharedQueriesAndKeys, heads = 4, keyValueHeads = 2)
        },
        attention("an odd head that turns") {
            it.copy(headWidth = 3, rotary = Rotary.Turned(1e4, RotaryPairs.HalfSplit, RotaryScaling.None, 1.0))
        },
        attention("an odd share that turns") {
            it.copy(headWidth = 6, rotary = Rotary.Turned(1e4, RotaryPairs.HalfSplit, RotaryScaling.None, 0.5))
        },
        attention("a share of more than all") {
            it.copy(rotary = Rotary.Turned(1e4, RotaryPairs.HalfSplit, RotaryScaling.None, 1.5))
        },
        attention("frequencies upside down") {
            val scaling = RotaryScaling.ByFrequency(8.0, 4.0, 1.0, 64)
            it.copy(headWidth = 4, rotary = Rotary.Turned(1e4, RotaryPairs.HalfSplit, scaling, 1.0))
        },
        attention("an unknown relative bias") { it.copy(relative = Relative.Bias("nothing")) },
        part<Attention>("a relative bias of other heads") { part, model ->
            val bias = model.components.filterIsInstance<RelativeBias>().firstOrNull()
            val later = model.components.indexOfFirst { it is Stack }
            if (bias == null || model.components.indexOf(bias) > later) null
            else part.copy(relative = Relative.Bias(bias.name), heads = bias.heads + 1, keyValueHeads = 1)
        },
        attention("relative vectors that reach nowhere") { it.copy(relative = Relative.Clipped(0, Normal(0.02))) },
        mask("that reaches less than nothing") { it or Window(-1) },
        mask("without steps") { it or Window(3, dilation = 0) },
        mask("that draws nothing") { it or Random(0, seed = 1) },
        mask("without global positions") { it or Global() },
        mask("of empty blocks") { it or Blocks(0, Causal) },
        mask("moved too far") { it or Windows2d(3, shift = 3) },
        mask("for no head") { it or PerHead(emptyList()) },
        mask("for more groups than heads") { it or PerHead(List(99) { Self }) },
        mask("of an unknown relation") { it or Given("nothing") },
        mask("that shows nothing") { !Everything },
        part<CrossAttention>("an unknown sequence to look at") { part, _ -> part.copy(from = "nothing") },
        part<CrossAttention>("a later sequence to look at") { part, _ -> part.copy(from = "decoder") },
        part<CrossAttention>("a layer that is not there") { part, _ -> part.copy(from = "encoder/99") },
        part<CrossAttention>("a layer of what has none") { part, _ -> part.copy(from = "source/0") },
        part<CrossAttention>("heads of no width to look with") { part, _ -> part.copy(headWidth = 0) },
        part<CrossAttention>("no heads to look with") { part, _ -> part.copy(heads = 0, keyValueHeads = 0) },
        part<FeedForward>("nothing hidden") { part, _ -> part.copy(hidden = 0) },
        part<FeedForward>("too much hidden") { part, _ -> part.copy(hidden = Int.MAX_VALUE) },
        part<FeedForward>("no kernel") { part, _ -> part.copy(kernel = 0) },
        part<FeedForward>("less than no dropout") { part, _ -> part.copy(dropout = -0.1) },
        part<FeedForward>("an initializer without deviation") { part, _ -> part.copy(initializer = Normal(0.0)) },
        part<Experts>("no experts") { part, _ -> part.copy(count = 0) },
        part<Experts>("more experts chosen than there are") { part, _ -> part.copy(topK = part.count + 1) },
        part<Experts>("no expert chosen") { part, _ -> part.copy(topK = 0) },
        part<Experts>("no room for experts") { part, _ -> part.copy(capacity = 0.0) },
        part<Experts>("experts with nothing hidden") { part, _ -> part.copy(expert = part.expert.copy(hidden = 0)) },
        part<AddNorm>("a norm of less than no epsilon") { part, _ -> part.copy(norm = LayerNorm(-1e-5)) },
        part<AddNorm>("a residual that is always skipped") { part, _ -> part.copy(skip = 1.0) },
        part<AddNorm>("a layer scale that is no number") { part, _ ->
            part.copy(scale = BranchFactor.Trained(Double.NaN))
        },
        part<Attending>("a name with a slash") { part, _ ->
            when (part) {
                is Attention -> part.copy(name = "at/tention")
                is CrossAttention -> part.copy(name = "cross/attention")
            }
        },
        layer("nothing in a layer") { _, _ -> sequenceOf(Layer(emptyList()) to "") },
        layer("an addNorm() before all") { layer, _ ->
            val norm = layer.parts.filterIsInstance<AddNorm>().firstOrNull()
            if (norm == null) emptySequence() else sequenceOf(Layer(listOf(norm) + layer.parts) to "norm")
        },
        layer("an addNorm() too many") { layer, _ ->
            layer.parts
                .asSequence()
                .withIndex()
                .filter { it.value is AddNorm }
                .map { (at, norm) ->
                    Layer(layer.parts.take(at) + norm + layer.parts.drop(at)) to layer.parts.word(at, norm)
                }
        },
        layer("two sublayers of one name") { layer, _ ->
            layer.parts.asSequence().filterIsInstance<Attention>().map { Layer(layer.parts + it) to it.name }
        },
    )
