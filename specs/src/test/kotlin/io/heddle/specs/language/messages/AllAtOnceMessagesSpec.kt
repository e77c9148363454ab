package io.heddle.specs.language.messages

import io.heddle.dsl.files
import io.heddle.dsl.labelledTexts
import io.heddle.dsl.model
import io.heddle.dsl.pairs
import io.heddle.dsl.recipe
import io.heddle.dsl.reverseTask
import io.heddle.dsl.tabSeparated
import io.heddle.dsl.text
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.model.Model
import io.heddle.recipe.Data
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.Decoding
import io.heddle.recipe.DecodingRule
import io.heddle.recipe.PairFiles
import io.heddle.recipe.Recipe
import io.heddle.recipe.SampledShare
import io.heddle.recipe.Tokenization
import io.heddle.rules.check
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.shouldTell
import io.heddle.specs.language.told
import io.heddle.terms.CopyHeads
import io.heddle.terms.Pooling
import io.heddle.terms.Pooling.Mean
import io.heddle.terms.Self
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty

/** What keeps a model from writing all words at once is told before anything is trained. */
class AllAtOnceMessagesSpec :
    StringSpec({
        val filler = filler()
        val data = reverseTask(maximumLength = 10)

        fun training(input: DecoderInput, data: Data = reverseTask(maximumLength = 10)): Recipe =
            recipe(data, 10) { decoderInput = input }

        "what fits" {
            training(DecoderInput.Masked).check(filler).shouldBeEmpty()
            training(DecoderInput.Blanks).check(filler).shouldBeEmpty()
            training(DecoderInput.Blanks).check(copier).shouldBeEmpty()
            training(DecoderInput.Blanks).check(filler(chained = true)).shouldBeEmpty()
            training(DecoderInput.Masked).check().shouldBeEmpty()
            Decoding.AllAtOnce(passes = 4, lengths = 2).check(filler).shouldBeEmpty()
            Decoding.AllAtOnce(passes = 1, lengths = 2).check(copier).shouldBeEmpty()
        }

        "nothing is filled in where no source is answered" {
            for (other in listOf(text("a.txt", context = 8), labelledTexts("a", "b", classes = listOf("0", "1")))) {
                training(DecoderInput.Masked, other) shouldTell
                    """
                    recipe: only answers to a source are written all at once
                      decoderInput = Masked   from decoderInput = Masked(...)  Here.kt:_
                      How many words there are is foretold from it. Train on pairs, or leave decoderInput out.
                    """
            }
        }

        "a model that foretells no length writes word by word" {
            training(DecoderInput.Masked).check(writer) shouldTell
                """
                writer: nothing foretells how many words there are to fill in
                  decoderInput = Masked   from decoderInput = Masked(...)  Here.kt:_
                  Describe val length by classify(encoder, Mean, classes = 64), and a decoder without causal().
                """
            told { writer.lower(Purpose.Filling) } shouldRead
                """
                writer: nothing foretells how many words there are to fill in
                  Describe val length by classify(encoder, Mean, classes = 64), and a decoder without causal().
                """
        }

        "a decoder that sees all words would read those that it is to write" {
            recipe(data, 10) {}.check(filler) shouldTell
                """
                filler: the model writes all words at once, and would read the words that it is to write
                  decoderInput = TeacherForcing   from recipe(..., steps = 10)  Here.kt:_
                  Say decoderInput = DecoderInput.Masked, or DecoderInput.Blanks.
                """
            training(DecoderInput.ScheduledSampling(SampledShare.Constant(0.5))).check(filler) shouldTell
                """
                filler: the model writes all words at once, and would read the words that it is to write
                  decoderInput = ScheduledSampling   from decoderInput = ScheduledSampling(...)  Here.kt:_
                  Say decoderInput = DecoderInput.Masked, or DecoderInput.Blanks.
                """
        }

        "copies of a source have no words of the target, and a chain no neighbour that is read" {
            training(DecoderInput.Masked).check(copier) shouldTell
                """
                copier: the decoder reads copies of its source, and no word of its target
                  decoderInput = Masked   from decoderInput = Masked(...)  Here.kt:_
                  Say decoderInput = DecoderInput.Blanks.
                """
            training(DecoderInput.Masked).check(filler(chained = true)) shouldTell
                """
                filler: a chain scores neighbours together, and a word that is read is part of none
                  decoderInput = Masked   from decoderInput = Masked(...)  Here.kt:_
                  Say decoderInput = DecoderInput.Blanks, or leave crf(...) out.
                """
        }

        "a target has one length, of those that the classifier knows" {
            training(DecoderInput.Masked).check(filler(pooling = Pooling.Each, classes = 3)).shouldBeEmpty()
            training(DecoderInput.Masked).check(filler(classes = 16)) shouldTell
                """
                length: the model knows fewer lengths than the data has
                  classes = 16          from classify(encoder, Mean, classes = 16)  Here.kt:_
                  longest target = 16   from recipe(..., steps = 10)                Here.kt:_
                  Class n is a target of n tokens, the end token included. Say classes = 17, or make the data shorter.
                """
            training(DecoderInput.Masked).check(filler(many = true)) shouldTell
                """
                length: a target has one length, and the model any number
                  labels = Many   from classify(encoder, Mean, classes = 17)  Here.kt:_
                  Leave multiLabel() out.

                filler: words and their number are learned together, and the model has other objectives
                  objectives = binaryCrossEntropy, crossEntropy
                  Say objective { crossEntropy(words); crossEntropy(length) }.
                """
        }

        "alignments are there for training and validation, and a fertility learns from them" {
            val (plain, linked) = files("a.en", "a.de") to files("b.en", "b.de", "b.align")
            fun aligned(training: PairFiles, validation: PairFiles) =
                training(DecoderInput.Blanks, pairs(training, validation, Tokenization.Words(1)))
            aligned(linked, plain) shouldTell
                """
                recipe: alignments are there for one of training and validation, and not for the other
                  validation = files("a.en", "a.de")   from recipe(..., steps = 10)  Here.kt:_
                  Say files(source, target, alignments) of both, or files(source, target).
                """
            aligned(tabSeparated("a.tsv"), linked) shouldTell
                """
                recipe: alignments are there for one of training and validation, and not for the other
                  validation = files("b.en", "b.de", "b.align")   from recipe(..., steps = 10)  Here.kt:_
                  Say files(source, target, alignments) of both, or files(source, target).
                """
            aligned(linked, linked).check(filler(pooling = Pooling.Each)).shouldBeEmpty()
            aligned(linked, linked).check(filler(classes = 300)) shouldTell
                """
                filler: the files say which words belong together, and nothing learns from it
                  training = files("b.en", "b.de", "b.align")   from recipe(..., steps = 10)  Here.kt:_
                  Describe val fertility by classify(encoder, Each, classes = 8), or leave the alignments out.
                """
        }

        "nothing is copied where all words are written at once" {
            training(DecoderInput.Masked).check(filler(copies = true)) shouldTell
                """
                words: words cannot be copied where all are written at once
                  copyFrom = source   from logits(decoder, tiedTo = target)  Here.kt:_
                  A copied word has a number that no table of tokens has. Leave copyFrom(...) out.
                """
        }

        "no rules are for words that are written at once, and each is told" {
            val all =
                listOf(
                    rule,
                    DecodingRule.RepetitionPenalty(1.5),
                    DecodingRule.Beginning("a b"),
                    DecodingRule.Required("c"),
                    DecodingRule.Stop("1"),
                )
            for ((way, word) in
                listOf(Decoding.AllAtOnce() to "AllAtOnce(passes = 10, lengths = 5)", Decoding.Greedy to "Greedy")) {
                Decoding.Restricted(way, all).check(filler) shouldTell
                    """
                    filler: rules are for words that follow each other
                      decoding = $word
                      noRepeat = 2
                      repetitionPenalty = 1.5
                      beginning = "a b"
                      required = "c"
                      stop = "1"
                      All words are chosen at once. Leave the rules out.
                    """
            }
            Decoding.Restricted(Decoding.Sampling(), listOf(DecodingRule.Stop("1"))).check(filler) shouldTell
                """
                filler: the model writes all words at once, and none after the other
                  decoding = Sampling
                  Say Decoding.AllAtOnce(passes = 10), or Decoding.Greedy, which is one pass.

                filler: rules are for words that follow each other
                  decoding = Sampling
                  stop = "1"
                  All words are chosen at once. Leave the rules out.
                """
        }

        "a way of writing is the model's" {
            Decoding.Sampling().check(filler).single().title shouldRead
                "the model writes all words at once, and none after the other"
            Decoding.Beam(4).check(filler) shouldTell
                """
                filler: the model writes all words at once, and none after the other
                  decoding = Beam
                  Say Decoding.AllAtOnce(passes = 10), or Decoding.Greedy, which is one pass.
                """
            Decoding.Restricted(Decoding.AllAtOnce(), listOf(rule)).check(writer).single().title shouldRead
                "the model writes a word after the other, and not all at once"
            Decoding.AllAtOnce().check(writer) shouldTell
                """
                writer: the model writes a word after the other, and not all at once
                  decoding = AllAtOnce(passes = 10, lengths = 5)
                  Say Decoding.Greedy, Decoding.Beam(4) or Decoding.Sampling().
                """
            recipe(data, 10) {
                    decoderInput = DecoderInput.Blanks
                    sample("1 2", tokens = 9, decoding = Decoding.AllAtOnce(passes = 2, lengths = 3))
                }
                .check(copier) shouldTell
                """
                copier: the decoder reads copies of its source, and a second pass would read the same
                  decoding = AllAtOnce(passes = 2, lengths = 3)
                  Say Decoding.AllAtOnce(passes = 1, lengths = 3).
                """
            Decoding.AllAtOnce(passes = 2, lengths = 3).check(filler(chained = true)) shouldTell
                """
                filler: words of a chain are sure together, and none less than others
                  decoding = AllAtOnce(passes = 2, lengths = 3)
                  Say Decoding.AllAtOnce(passes = 1, lengths = 3), or leave crf(...) out.
                """
        }

        "numbers and rules of a way of writing" {
            recipe(data, 10) {
                sample("1", tokens = 2, decoding = Decoding.AllAtOnce(passes = 0, lengths = -1))
            } shouldTell
                """
                recipe: passes is not positive
                  passes = 0   from sample("1", tokens = 2)  Here.kt:_
                  It must be 1 or more.

                recipe: lengths is not positive
                  lengths = -1   from sample("1", tokens = 2)  Here.kt:_
                  It must be 1 or more.
                """
            recipe(data, 10) {
                sample("1", tokens = 2, decoding = Decoding.Restricted(Decoding.AllAtOnce(), listOf(rule)))
            } shouldTell
                """
                recipe: rules are for words that follow each other
                  way = AllAtOnce   from sample("1", tokens = 2)  Here.kt:_
                  All words are chosen at once. Leave the rules out.
                """
        }
    })

private val rule = DecodingRule.NoRepeat(2)

private fun filler(
    pooling: Pooling = Mean,
    classes: Int = 17,
    many: Boolean = false,
    copies: Boolean = false,
    chained: Boolean = false,
): Model =
    model("filler", width = 8) {
        val source by tokens(vocab = 12)
        val target by tokens(tiedTo = source)
        val encoder by stack(source, layers = 1) { attention(heads = 2) }
        val length by classify(encoder, pooling, classes = classes) { if (many) multiLabel() }
        val decoder by
            stack(target, layers = 1) {
                attention(heads = 2)
                addNorm()
                crossAttention(from = encoder)
                addNorm()
            }
        val words by
            logits(decoder, tiedTo = target) {
                if (copies) copyFrom(source, through = "decoder/0/crossAttention", heads = CopyHeads.Mean)
                if (chained) crf(rank = 2, beam = 3)
            }
        check(listOf(length.name, words.name) == listOf("length", "words"))
    }

private val copier =
    model("copier", width = 8) {
        val source by tokens(vocab = 12)
        val encoder by stack(source, layers = 1) { attention(heads = 2) }
        val length by classify(encoder, Mean, classes = 17)
        val blanks by copies(source, length)
        val decoder by
            stack(blanks, layers = 1) {
                attention(heads = 2) { mask = !Self }
                addNorm()
                crossAttention(from = encoder)
                addNorm()
            }
        val words by logits(decoder, tiedTo = source)
        check(words.name == "words")
    }

private val writer =
    model("writer", width = 8) {
        val source by tokens(vocab = 12)
        val target by tokens(tiedTo = source)
        val decoder by
            stack(target, layers = 1) {
                attention(heads = 2) { causal() }
                addNorm()
                crossAttention(from = source)
                addNorm()
            }
        val next by logits(decoder, tiedTo = target)
        check(next.name == "next")
    }
