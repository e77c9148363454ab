package io.heddle.specs.train

import io.heddle.dsl.labelledTexts
import io.heddle.dsl.maskedText
import io.heddle.dsl.model
import io.heddle.dsl.recipe
import io.heddle.dsl.taggedWords
import io.heddle.model.Model
import io.heddle.recipe.AdamW
import io.heddle.recipe.Data
import io.heddle.recipe.EvaluationBatches.Drawn
import io.heddle.recipe.Metric
import io.heddle.recipe.Recipe
import io.heddle.recipe.Tokenization
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.program.Engine
import io.heddle.runtime.record.MetricsLog
import io.heddle.runtime.train.Measure
import io.heddle.runtime.train.TrainingListener
import io.heddle.runtime.train.data.TrainingDataOpener
import io.heddle.specs.support.digest
import io.heddle.terms.Pooling
import io.heddle.terms.PreNorm
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.NamedTag
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.doubles.shouldBeGreaterThan
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import java.nio.file.Path
import kotlin.io.path.readLines
import kotlin.io.path.writeText

/** Tasks whose answers are there to be found are learned to the end. */
class LabelTrainingSpec :
    FunSpec({
        val base = tempdir().toPath()
        writeLetters(base)

        fun reader(vocabulary: Int, pooling: Pooling, labels: Int): Model =
            model("reader", width = 16) {
                dropout = 0.1
                val text by tokens(vocabulary) { sinusoidal() }
                val encoder by
                    stack(text, layers = 1) {
                        attention(heads = 2)
                        addNorm()
                        feedForward()
                        addNorm()
                    }
                val label by classify(encoder, pooling, classes = labels)
                check(label.name == "label")
            }

        val filler =
            model("filler", width = 16) {
                layout = PreNorm
                val text by tokens(vocab = 6) { learnedPositions(12) }
                val encoder by
                    stack(text, layers = 2) {
                        attention(heads = 2)
                        addNorm()
                        feedForward()
                        addNorm()
                    }
                val hidden by logits(encoder, tiedTo = text)
                check(hidden.name == "hidden")
            }

        fun training(data: Data, steps: Int): Recipe =
            recipe(data, steps = steps) {
                batch(8)
                optimizer = AdamW(learningRate = 1e-2)
                evaluate(every = 20)
                checkpoint(every = 7)
            }

        val texts = labelledTexts("texts.tsv", "texts-held-out.tsv", listOf("no", "yes"), Tokenization.Words(1))
        val words = taggedWords("words.tsv", "words-held-out.tsv", listOf("O", "B-x", "I-x"), Tokenization.Words(1))
        val unknown = (words as Data.TaggedWords).copy(wordDropout = 0.3)
        val rhyme = maskedText("abcde.txt", context = 12, validation = 0.3)

        test("whether a word is in a text") {
            val outcome = train(reader(10, Pooling.Max, 2), training(texts, 120), base, tempdir().toPath())
            outcome.last().get().measure(Measure.ACCURACY).asDouble shouldBe 100.0
        }

        test("which words stand where, and the entities that they make").config(tags = setOf(NamedTag("Long"))) {
            val run = tempdir().toPath()
            val recipe = training(words, 200)
            val asked = recipe.copy(evaluation = recipe.evaluation.copy(metrics = listOf(Metric.Entities)))
            val last = train(reader(9, Pooling.Each, 3), asked, base, run).last().get()
            listOf(Measure.ACCURACY, Measure.PRECISION, Measure.RECALL, Measure.F1).forEach {
                last.measure(it).asDouble shouldBe 100.0
            }
            run.resolve("metrics.csv").readLines().first() shouldBe
                "step,loss,learningRate,gradientNorm,tokens,stepSeconds,validationLoss," +
                    "accuracy,precision,recall,f1,seconds"
        }

        test("which letter is hidden in letters that go round") {
            val run = tempdir().toPath()
            val last = train(filler, training(rhyme, 400), base, run, engine = Engine.cpu(1)).last().get()
            last.measure(Measure.ACCURACY).asDouble shouldBeGreaterThan 90.0
            MetricsLog.read(run).last().metric("accuracy").isPresent shouldBe true
        }

        test("words that are read as unknown hide what is to be learned, and what is measured knows them all") {
            fun learned(share: Double): TrainingListener.EvaluationReport {
                val data = (texts as Data.LabelledTexts).copy(wordDropout = share)
                return train(
                        reader(10, Pooling.Max, 2),
                        training(data, 120),
                        base,
                        tempdir().toPath(),
                        engine = Engine.cpu(1),
                    )
                    .last()
                    .get()
            }
            learned(0.2).measure(Measure.ACCURACY).asDouble shouldBeGreaterThan 95.0
            // Where next to nothing is read, next to nothing is learned; 35 of the 60 texts have an x.
            learned(0.999).measure(Measure.ACCURACY).asDouble shouldBeLessThan 80.0
        }

        test("evaluate(batches = 2) draws two batches of what is held out, others after other steps") {
            val recipe = training(texts, 20).let { it.copy(evaluation = it.evaluation.copy(batches = Drawn(2))) }
            val model = reader(10, Pooling.Mean, 2)
            fun look(step: Long) = TrainingDataOpener.open(recipe, model, base, base).validation(step).toList()
            look(20).map { it.rows() } shouldBe listOf(8, 8)
            look(20) shouldBe look(20)
            look(20) shouldNotBe look(40)
        }

        test("a training that was killed goes on to the same losses and weights, bit for bit") {
            val tasks =
                listOf(
                    reader(10, Pooling.Mean, 2) to training(texts, 20),
                    reader(9, Pooling.Each, 3) to training(words, 20),
                    reader(9, Pooling.Each, 3) to training(unknown, 20),
                    filler to training(rhyme, 20),
                )
            for ((model, recipe) in tasks) {
                val whole = tempdir().toPath()
                train(model, recipe, base, whole)
                val killed = tempdir().toPath()
                shouldThrow<Ended> { train(model, recipe, base, killed, listener = EndedAfter(16)) }
                train(model, recipe, base, killed)
                losses(killed) shouldBe losses(whole)
                fun weights(run: Path) = Checkpoint.open(run).folder().resolve("weights.safetensors").digest()
                weights(killed) shouldBe weights(whole)
            }
        }
    })

/** Texts are `yes` where they have an `x`. */
private fun writeLetters(folder: Path) {
    fun sentence(seed: Int) = List(3 + seed % 5) { "abcdx"[(seed * 7 + it * it * 3 + seed / 5) % 5].toString() }
    fun texts(seeds: IntRange) =
        seeds.map(::sentence).joinToString("") { "${it.joinToString(" ")}\t${if ("x" in it) "yes" else "no"}\n" }
    fun words(seeds: IntRange) = seeds.map(::sentence).joinToString("\n") { sentence -> tagged(sentence) }
    folder.resolve("texts.tsv").writeText(texts(0..199))
    folder.resolve("texts-held-out.tsv").writeText(texts(300..359))
    folder.resolve("words.tsv").writeText(words(0..199))
    folder.resolve("words-held-out.tsv").writeText(words(300..359))
    folder.resolve("abcde.txt").writeText("abcde".repeat(200))
}

/** An `x` begins an entity, and a word behind it is inside, whatever it is. */
private fun tagged(sentence: List<String>): String =
    sentence.indices.joinToString("") { word ->
        val tag =
            when {
                sentence[word] == "x" -> "B-x"
                word > 0 && sentence[word - 1] == "x" -> "I-x"
                else -> "O"
            }
        "${sentence[word]}\t$tag\n"
    }
