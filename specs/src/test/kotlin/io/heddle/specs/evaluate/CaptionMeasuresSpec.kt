package io.heddle.specs.evaluate

import io.heddle.runtime.evaluate.Bleu
import io.heddle.runtime.evaluate.BleuTokenizer
import io.heddle.runtime.evaluate.ChrF
import io.heddle.runtime.evaluate.Ter
import io.kotest.core.spec.style.StringSpec
import io.kotest.core.test.Enabled
import io.kotest.inspectors.forAll
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.readLines

/** The captions themselves may not be kept here: samples/multi30k.model.kts says where they are looked for. */
private val captions = Path.of("../samples/data/multi30k/test.de")

/**
 * The first 200 captions of Multi30k's test set of 2016 in German, some of their words left out. The scores are
 * sacreBLEU 2.6.0's of the captions.
 */
class CaptionMeasuresSpec :
    StringSpec({
        "where words are numbers, 200 captions score what they do as words" {
            val lines = checkNotNull(javaClass.getResourceAsStream("/metrics/multi30k_numbers.txt")).bufferedReader()
            val words = lines.readLines().map { it.split(' ') }
            words shouldHaveSize 200
            val hypotheses = words.map { line -> line.filterNot { it.startsWith('-') }.joinToString(" ") }
            val references = words.map { line -> line.joinToString(" ") { it.removePrefix("-") } }
            isScored(hypotheses, references)
        }

        "200 captions score what they do by sacreBLEU, in letters, too"
            .config(
                enabledOrReasonIf = {
                    if (captions.exists()) Enabled.enabled else Enabled.disabled("there is no $captions")
                }
            ) {
                val references = captions.readLines().take(200)
                val hypotheses =
                    references.map { line ->
                        line.split(' ').filterIndexed { at, _ -> (7 * at + line.length) % 5 != 0 }.joinToString(" ")
                    }
                isScored(hypotheses, references)
                ChrF.standard().score(hypotheses, references) shouldBe (73.47623865258696 plusOrMinus 1e-9)
            }
    })

/** In words that are cut already, mteval-v13a finds the same ones. */
private fun isScored(hypotheses: List<String>, references: List<String>) {
    val precisions = listOf(100.0, 76.00936220011702, 51.62359178263751, 27.19633307868602)
    listOf(BleuTokenizer.WHITE_SPACE, BleuTokenizer.MTEVAL_13A).forAll { tokenizer ->
        val score = Bleu.standard().with(tokenizer).score(hypotheses, references)
        score.score shouldBe (44.23944678984174 plusOrMinus 1e-9)
        score.precisions().zip(precisions).forAll { (precision, expected) ->
            precision shouldBe (expected plusOrMinus 1e-9)
        }
        score.brevityPenalty shouldBe (0.7740219435127501 plusOrMinus 1e-12)
        score.hypothesisLength shouldBe 1_909
        score.referenceLength shouldBe 2_398
    }
    Ter.standard().score(hypotheses, references) shouldBe (20.391993327773143 plusOrMinus 1e-9)
}
