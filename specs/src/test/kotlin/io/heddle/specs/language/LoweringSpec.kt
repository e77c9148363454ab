package io.heddle.specs.language

import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.graph.Graph
import io.heddle.graph.Node
import io.heddle.graph.Op
import io.heddle.graph.Start
import io.heddle.lowering.DecodingView
import io.heddle.lowering.Names
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.lowering.lowerDecoding
import io.heddle.rules.attentions
import io.heddle.terms.BranchScale
import io.heddle.terms.Normal
import io.heddle.terms.PreNorm
import io.heddle.terms.RmsNorm
import io.heddle.terms.Silu
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import kotlin.math.sqrt

/** A graph with its sources in short: what they are called, and their type. */
private fun Graph.brief(): String = buildString {
    nodes.forEach { appendLine(brief(it)) }
    outputs.forEach { (name, value) -> appendLine("$name: $value") }
}

private fun brief(node: Node): String {
    val op = node.op
    val made = node.outputs.joinToString()
    return if (op is Op.Source) "$made = ${op::class.simpleName} ${op.name} ${node.output.type}"
    else "$made = $op(${node.inputs.joinToString()})  # ${node.path}"
}

private fun Graph.weights(): List<String> = parameters.map { (it.op as Op.Parameter).name }

private inline fun <reified Kind : Op> Graph.ops(): List<Kind> = nodes.map { it.op }.filterIsInstance<Kind>()

class LoweringSpec :
    FunSpec({
        val translation =
            model("tiny-nmt", width = 8) {
                dropout = 0.1
                attentionDropout = 0.2
                val source by
                    tokens(vocab = 7) {
                        sinusoidal()
                        scaled()
                    }
                val target by tokens(vocab = 5) { learnedPositions(16) }
                val encoder by
                    stack(source, layers = 1) {
                        attention(heads = 2)
                        addNorm()
                    }
                val decoder by
                    stack(target, layers = 1) {
                        attention(heads = 2) { causal() }
                        addNorm()
                        crossAttention(from = encoder)
                        addNorm()
                        feedForward(hidden = 16) {
                            gated(Silu)
                            dropout = 0.3
                        }
                        addNorm()
                    }
                val next by logits(decoder) { bias = true }
                objective { crossEntropy(next, labelSmoothing = 0.1) }
            }

        context("a graph reads as the paper's formulas, one a line") {
            test("post-norm: x = norm(x + sublayer(x))") {
                Models.tiny().lower(Purpose.Inference).brief() shouldRead
                    """
                    %0 = Input text index [batch, text]
                    %1 = Parameter text/embedding [vocabulary, width]
                    %2 = Embed(%1, %0)  # text
                    %3 = Parameter decoder/0/attention/query/weight [heads * headWidth, width]
                    %4 = MatMul(form=RowsByRows)(%2, %3)  # decoder/0/attention/query
                    %5 = Parameter decoder/0/attention/query/bias [heads * headWidth]
                    %6 = Add(%4, %5)  # decoder/0/attention/query
                    %7 = Parameter decoder/0/attention/key/weight [keyValueHeads * headWidth, width]
                    %8 = MatMul(form=RowsByRows)(%2, %7)  # decoder/0/attention/key
                    %9 = Parameter decoder/0/attention/key/bias [keyValueHeads * headWidth]
                    %10 = Add(%8, %9)  # decoder/0/attention/key
                    %11 = Parameter decoder/0/attention/value/weight [keyValueHeads * headWidth, width]
                    %12 = MatMul(form=RowsByRows)(%2, %11)  # decoder/0/attention/value
                    %13 = Parameter decoder/0/attention/value/bias [keyValueHeads * headWidth]
                    %14 = Add(%12, %13)  # decoder/0/attention/value
                    %15 = Input text/lengths index [batch]
                    %16 = Constant(value=0.0, type=index [])()  # start
                    %17, %18 = Attention(kind=AttentionKind(heads=2, keyValueHeads=2, scale=0.5, mask=Causal, bias=None, dropout=0.0, stream=decoder/0/attention/probabilities))(%6, %10, %14, %15, %16)  # decoder/0/attention
                    %19 = Parameter decoder/0/attention/output/weight [width, heads * headWidth]
                    %20 = MatMul(form=RowsByRows)(%17, %19)  # decoder/0/attention/output
                    %21 = Parameter decoder/0/attention/output/bias [width]
                    %22 = Add(%20, %21)  # decoder/0/attention/output
                    %23 = Add(%2, %22)  # decoder/0/attention
                    %24 = Parameter decoder/0/attention/norm/gain [width]
                    %25 = Parameter decoder/0/attention/norm/bias [width]
                    %26, %27, %28 = LayerNorm(epsilon=1.0E-5)(%23, %24, %25)  # decoder/0/attention/norm
                    %29 = Parameter decoder/0/feedForward/up/weight [hidden, width]
                    %30 = MatMul(form=RowsByRows)(%26, %29)  # decoder/0/feedForward/up
                    %31 = Parameter decoder/0/feedForward/up/bias [hidden]
                    %32 = Add(%30, %31)  # decoder/0/feedForward/up
                    %33 = Activate(activation=Relu)(%32)  # decoder/0/feedForward
                    %34 = Parameter decoder/0/feedForward/down/weight [width, hidden]
                    %35 = MatMul(form=RowsByRows)(%33, %34)  # decoder/0/feedForward/down
                    %36 = Parameter decoder/0/feedForward/down/bias [width]
                    %37 = Add(%35, %36)  # decoder/0/feedForward/down
                    %38 = Add(%26, %37)  # decoder/0/feedForward
                    %39 = Parameter decoder/0/feedForward/norm/gain [width]
                    %40 = Parameter decoder/0/feedForward/norm/bias [width]
                    %41, %42, %43 = LayerNorm(epsilon=1.0E-5)(%38, %39, %40)  # decoder/0/feedForward/norm
                    %44 = MatMul(form=RowsByRows)(%41, %1)  # next
                    next: %44

                    """
            }
            test("pre-norm: x = x + sublayer(norm(x)), and a last norm after the stack") {
                Models.tiny()
                    .edit {
                        layout = PreNorm
                        norm = RmsNorm()
                    }
                    .lower(Purpose.Inference)
                    .brief() shouldRead
                    """
                    %0 = Input text index [batch, text]
                    %1 = Parameter text/embedding [vocabulary, width]
                    %2 = Embed(%1, %0)  # text
                    %3 = Parameter decoder/0/attention/norm/gain [width]
                    %4, %5 = RmsNorm(epsilon=1.0E-6)(%2, %3)  # decoder/0/attention/norm
                    %6 = Parameter decoder/0/attention/query/weight [heads * headWidth, width]
                    %7 = MatMul(form=RowsByRows)(%4, %6)  # decoder/0/attention/query
                    %8 = Parameter decoder/0/attention/query/bias [heads * headWidth]
                    %9 = Add(%7, %8)  # decoder/0/attention/query
                    %10 = Parameter decoder/0/attention/key/weight [keyValueHeads * headWidth, width]
                    %11 = MatMul(form=RowsByRows)(%4, %10)  # decoder/0/attention/key
                    %12 = Parameter decoder/0/attention/key/bias [keyValueHeads * headWidth]
                    %13 = Add(%11, %12)  # decoder/0/attention/key
                    %14 = Parameter decoder/0/attention/value/weight [keyValueHeads * headWidth, width]
                    %15 = MatMul(form=RowsByRows)(%4, %14)  # decoder/0/attention/value
                    %16 = Parameter decoder/0/attention/value/bias [keyValueHeads * headWidth]
                    %17 = Add(%15, %16)  # decoder/0/attention/value
                    %18 = Input text/lengths index [batch]
                    %19 = Constant(value=0.0, type=index [])()  # start
                    %20, %21 = Attention(kind=AttentionKind(heads=2, keyValueHeads=2, scale=0.5, mask=Causal, bias=None, dropout=0.0, stream=decoder/0/attention/probabilities))(%9, %13, %17, %18, %19)  # decoder/0/attention
                    %22 = Parameter decoder/0/attention/output/weight [width, heads * headWidth]
                    %23 = MatMul(form=RowsByRows)(%20, %22)  # decoder/0/attention/output
                    %24 = Parameter decoder/0/attention/output/bias [width]
                    %25 = Add(%23, %24)  # decoder/0/attention/output
                    %26 = Add(%2, %25)  # decoder/0/attention
                    %27 = Parameter decoder/0/feedForward/norm/gain [width]
                    %28, %29 = RmsNorm(epsilon=1.0E-6)(%26, %27)  # decoder/0/feedForward/norm
                    %30 = Parameter decoder/0/feedForward/up/weight [hidden, width]
                    %31 = MatMul(form=RowsByRows)(%28, %30)  # decoder/0/feedForward/up
                    %32 = Parameter decoder/0/feedForward/up/bias [hidden]
                    %33 = Add(%31, %32)  # decoder/0/feedForward/up
                    %34 = Activate(activation=Relu)(%33)  # decoder/0/feedForward
                    %35 = Parameter decoder/0/feedForward/down/weight [width, hidden]
                    %36 = MatMul(form=RowsByRows)(%34, %35)  # decoder/0/feedForward/down
                    %37 = Parameter decoder/0/feedForward/down/bias [width]
                    %38 = Add(%36, %37)  # decoder/0/feedForward/down
                    %39 = Add(%26, %38)  # decoder/0/feedForward
                    %40 = Parameter decoder/norm/gain [width]
                    %41, %42 = RmsNorm(epsilon=1.0E-6)(%39, %40)  # decoder/norm
                    %43 = MatMul(form=RowsByRows)(%41, %1)  # next
                    next: %43

                    """
            }
        }

        test("weights are named by path") {
            translation.lower(Purpose.Inference).weights().joinToString("\n") shouldRead
                """
                source/embedding
                encoder/0/attention/query/weight
                encoder/0/attention/query/bias
                encoder/0/attention/key/weight
                encoder/0/attention/key/bias
                encoder/0/attention/value/weight
                encoder/0/attention/value/bias
                encoder/0/attention/output/weight
                encoder/0/attention/output/bias
                encoder/0/attention/norm/gain
                encoder/0/attention/norm/bias
                target/embedding
                target/positions
                decoder/0/attention/query/weight
                decoder/0/attention/query/bias
                decoder/0/attention/key/weight
                decoder/0/attention/key/bias
                decoder/0/attention/value/weight
                decoder/0/attention/value/bias
                decoder/0/attention/output/weight
                decoder/0/attention/output/bias
                decoder/0/attention/norm/gain
                decoder/0/attention/norm/bias
                decoder/0/crossAttention/query/weight
                decoder/0/crossAttention/query/bias
                decoder/0/crossAttention/key/weight
                decoder/0/crossAttention/key/bias
                decoder/0/crossAttention/value/weight
                decoder/0/crossAttention/value/bias
                decoder/0/crossAttention/output/weight
                decoder/0/crossAttention/output/bias
                decoder/0/crossAttention/norm/gain
                decoder/0/crossAttention/norm/bias
                decoder/0/feedForward/gate/weight
                decoder/0/feedForward/gate/bias
                decoder/0/feedForward/up/weight
                decoder/0/feedForward/up/bias
                decoder/0/feedForward/down/weight
                decoder/0/feedForward/down/bias
                decoder/0/feedForward/norm/gain
                decoder/0/feedForward/norm/bias
                next/weight
                next/bias
                """
        }

        test("a last norm belongs to pre-norm, and is of the kind of the others") {
            val preNorm = translation.edit { layout = PreNorm }.lower(Purpose.Inference).weights().toSet()
            preNorm - translation.lower(Purpose.Inference).weights().toSet() shouldBe
                setOf("encoder/norm/gain", "encoder/norm/bias", "decoder/norm/gain", "decoder/norm/bias")
        }

        test("a tied table is one weight") {
            Models.transformer.lower(Purpose.Training).weights().filter { "embedding" in it || "next" in it } shouldBe
                listOf("source/embedding")
        }

        test("training drops, smooths, and is random; evaluation does none of it") {
            val training = translation.lower(Purpose.Training)
            training.ops<Op.Dropout>().map { it.stream } shouldContainExactlyInAnyOrder
                listOf(
                    "source/dropout",
                    "target/dropout",
                    "encoder/0/attention/dropout",
                    "decoder/0/attention/dropout",
                    "decoder/0/crossAttention/dropout",
                    "decoder/0/feedForward/hidden/dropout",
                    "decoder/0/feedForward/dropout",
                )
            training.ops<Op.Attention>().map { it.kind.dropout } shouldBe listOf(0.2, 0.2, 0.2)
            training.ops<Op.CrossEntropy>().single().smoothing shouldBe 0.1
            training.outputs.keys shouldBe setOf(Names.LOSS)

            val evaluation = translation.lower(Purpose.Evaluation)
            evaluation.ops<Op.Dropout>().shouldBeEmpty()
            evaluation.ops<Op.Attention>().map { it.kind.dropout } shouldBe listOf(0.0, 0.0, 0.0)
            evaluation.ops<Op.CrossEntropy>().single().smoothing shouldBe 0.0
            evaluation.outputs.keys shouldBe setOf(Names.LOSS, "next")
            evaluation.inputs.map { it.path } shouldContainExactlyInAnyOrder
                listOf("source", "source/lengths", "target", "target/lengths", "next/labels", "normalizer")
            training.inputs.map { it.path } - evaluation.inputs.map { it.path }.toSet() shouldBe
                listOf(Names.RANDOMNESS)
        }

        test("inference reads no labels, and gives logits and what nothing else reads") {
            val inference = translation.lower(Purpose.Inference)
            inference.outputs.keys shouldBe setOf("next")
            "${inference.output("next").type}" shouldBe "[batch, target, vocabulary]"
            val body =
                model("body", width = 8) {
                    val text by tokens(vocab = 5)
                    val encoder by
                        stack(text, layers = 1) {
                            attention(heads = 2)
                            addNorm()
                        }
                }
            body.lower(Purpose.Inference).outputs.mapValues { "${it.value.type}" } shouldBe
                mapOf("encoder" to "[batch, text, width]")
        }

        test("encoding gives what the decoder looks at, and decoding takes it") {
            val encoding = translation.lower(Purpose.Encoding)
            val decoding = translation.lower(Purpose.Decoding)
            encoding.outputs.keys shouldBe setOf("decoder/0/crossAttention/keys", "decoder/0/crossAttention/values")
            encoding.inputs.map { it.path } shouldContainExactlyInAnyOrder listOf("source", "source/lengths")
            decoding.inputs.map { it.path } shouldContainExactlyInAnyOrder
                listOf(
                    "target",
                    "target/lengths",
                    "target/fresh",
                    "target/offset",
                    "source/lengths",
                    "decoder/0/crossAttention/keys",
                    "decoder/0/crossAttention/values",
                )
            encoding.outputs.forEach { (name, value) ->
                decoding.inputs.single { it.path == name }.output.type shouldBe value.type
            }
        }

        test("decoding remembers keys and values, and gives the scores of the last word") {
            val decoding = translation.lower(Purpose.Decoding)
            decoding.ops<Op.State>().map { "${it.name} ${it.shape}" } shouldBe
                listOf(
                    "decoder/0/attention/keys [batch, capacity, keyValueHeads * headWidth]",
                    "decoder/0/attention/values [batch, capacity, keyValueHeads * headWidth]",
                )
            decoding.outputs.mapValues { "${it.value.type}" } shouldBe mapOf("next" to "[batch, vocabulary]")
        }

        test("decoding gives more where it is asked to, and remembers the same") {
            val attention = translation.attentions("decoder/0/crossAttention")
            fun types(view: DecodingView) = translation.lowerDecoding(view).outputs.mapValues { "${it.value.type}" }
            types(DecodingView.Next) shouldBe mapOf("next" to "[batch, vocabulary]")
            types(DecodingView.Every) shouldBe mapOf("next" to "[batch, target, vocabulary]")
            types(DecodingView.Vectors) shouldBe
                mapOf("next" to "[batch, vocabulary]", "next/vectors" to "[batch, target, width]")
            types(DecodingView.Weights(attention)) shouldBe
                mapOf(
                    "next" to "[batch, vocabulary]",
                    "decoder/0/crossAttention/attentionWeights" to "[batch, 2, target, source]",
                )
            listOf(DecodingView.Every, DecodingView.Vectors, DecodingView.Weights(attention)).forEach { view ->
                translation.lowerDecoding(view).ops<Op.State>() shouldBe
                    translation.lower(Purpose.Decoding).ops<Op.State>()
            }
        }

        test("a decoder alone has nothing to encode") {
            Models.gpt.lower(Purpose.Encoding).outputs.keys.shouldBeEmpty()
            Models.gpt.lower(Purpose.Decoding).inputs.map { it.path } shouldContainExactlyInAnyOrder
                listOf("text", "text/lengths", "text/fresh", "text/offset")
        }

        test("generation uses the same weights as training, no more and no fewer") {
            listOf(translation, Models.nmt, Models.gpt, Models.transformer, Models.preNorm).forEach { model ->
                val trained = model.lower(Purpose.Training).weights().toSet()
                model.lower(Purpose.Inference).weights().toSet() shouldBe trained
                (model.lower(Purpose.Encoding).weights() + model.lower(Purpose.Decoding).weights()).toSet() shouldBe
                    trained
            }
        }

        test("weights that end a branch begin smaller by the root of how many branches there are") {
            val gpt =
                model("gpt-2", width = 8) {
                    layout = PreNorm
                    initializer = Normal(0.02, BranchScale.ByDepth)
                    val text by tokens(vocab = 5)
                    val decoder by
                        stack(text, layers = 3) {
                            attention(heads = 2)
                            addNorm()
                            feedForward()
                            addNorm()
                        }
                }
            val ends =
                gpt.lower(Purpose.Inference).ops<Op.Parameter>().filter {
                    (it.start as? Start.Drawn)?.factor == 1.0 / sqrt(6.0)
                }
            ends.map { it.name } shouldContainExactly
                (0..2).flatMap { listOf("decoder/$it/attention/output/weight", "decoder/$it/feedForward/down/weight") }
        }
    })
