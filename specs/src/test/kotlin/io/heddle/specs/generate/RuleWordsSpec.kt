package io.heddle.specs.generate

import io.heddle.recipe.Decoding
import io.heddle.recipe.DecodingRule
import io.heddle.runtime.data.SourceWords
import io.heddle.runtime.data.tokenizer.EndingTokenizer
import io.heddle.runtime.data.tokenizer.Tokenizer
import io.heddle.runtime.data.tokenizer.Tokenizers
import io.heddle.runtime.data.tokenizer.WordTokenizer
import io.heddle.runtime.generate.Draft
import io.heddle.runtime.generate.Generator
import io.heddle.runtime.generate.Written
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.heddle.specs.train.smallReverser
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

private const val BEGIN = 2

/** The texts of rules are words that can be written: the vocabulary's, or the source's where they are copied. */
class RuleWordsSpec :
    StringSpec({
        val engine = autoClose(Engine.portable(Precision.DOUBLE))
        val known = WordTokenizer.of(listOf("a b c d e f g h"), 1)
        val copier = RunnableModel.initialized(copier(), engine, 1)
        val reverser = RunnableModel.initialized(smallReverser(), engine, 1)

        fun ruled(way: Decoding, vararg rules: DecodingRule) = Decoding.Restricted(way, rules.toList())

        fun ids(source: String) = known.encode(source) + known.specialIds().end().asInt

        fun words(source: String) = SourceWords.of(source, ids(source), Tokenizers.shared(known), 12)

        /** What each source is answered, and why it ends there. */
        fun copied(decoding: Decoding, vararg sources: String): List<Pair<String, Written.End>> {
            val of = sources.map(::words)
            val all = Generator.of(copier, decoding, known, 7).from(sources.map(::ids), of, BEGIN, 6)
            return all.mapIndexed { row, written -> of[row].decode(written.ids()) to written.end() }
        }

        "words that only the source has are written, each by its own source's number, and end an answer" {
            val rules = listOf(DecodingRule.Beginning("Zora a Milo Zora"), DecodingRule.Stop("Milo"))
            for (way in waysWordByWord) {
                copied(Decoding.Restricted(way, rules), "Zora b Milo", "a Milo Zora") shouldBe
                    List(2) { "Zora a Milo" to Written.End.STOP }
            }
            val source = "b Milo Zora"
            val drafted =
                Generator.of(copier, Decoding.Restricted(Decoding.Greedy, rules), known, 7)
                    .drafted(Draft(copier, 3))
                    .from(ids(source), listOf(words(source)), BEGIN, 6) {}
            words(source).decode(drafted.written().ids()) shouldBe "Zora a Milo"
        }

        "what is required is copied, where the vocabulary lacks it" {
            for (way in listOf(Decoding.Beam(3), Decoding.DiverseBeam(4, groups = 2))) {
                val answers = copied(ruled(way, DecodingRule.Required("Zora Milo")), "Zora b Milo", "a Milo Zora")
                answers.forEach { (answer, _) -> answer shouldContain "Zora Milo" }
            }
        }

        "a word that neither the vocabulary nor the source has is told" {
            val wanted = arrayOf(DecodingRule.Beginning("Zora Milo a"), DecodingRule.Required("Nilo"))
            told {
                copied(ruled(Decoding.Beam(2), *wanted), "Zora b Milo", "a Milo b c d e f g h a b c d e f g h a b c")
            } shouldRead
                """
                decoding: "Nilo" shall be written, and is neither in the vocabulary nor in the source
                  required = "Nilo"
                  source = "Zora b Milo"
                  Say it by words of this source, or by such as the training's data has.
                """
            told {
                copied(ruled(Decoding.Beam(2), wanted[0]), "Zora b Milo", "a Milo b c d e f g h a b c d e f g h a b c")
            } shouldRead
                """
                decoding: "Zora" shall be written, and is neither in the vocabulary nor in the source
                  beginning = "Zora Milo a"
                  source = "a Milo b c d e f g h a b c d e f g h a b..."
                  Say it by words of this source, or by such as the training's data has.
                """
        }

        "a word that no vocabulary has is told, and nothing is written in its place" {
            fun asked(tokenizer: Tokenizer, vararg rules: DecodingRule) = told {
                Generator.of(reverser, ruled(Decoding.Beam(2), *rules), tokenizer, 0)
            }
            asked(known, DecodingRule.Beginning("a hello b"), DecodingRule.Required("you")) shouldRead
                """
                decoding: "hello" shall be written, and is not in the vocabulary
                  beginning = "a hello b"
                  tokens of the vocabulary = 12
                  Say it by words that the training's data has, spelled as there.

                decoding: "you" shall be written, and is not in the vocabulary
                  required = "you"
                  tokens of the vocabulary = 12
                  Say it by words that the training's data has, spelled as there.
                """
            val endings = EndingTokenizer.of(listOf("a a b b sing ring"), 2)
            asked(endings, DecodingRule.Required("A king")) shouldRead
                """
                decoding: "king" shall be written, and is not in the vocabulary
                  required = "A king"
                  tokens of the vocabulary = ${endings.vocabularySize()}
                  Say it by words that the training's data has, spelled as there.
                """
        }
    })
