package io.heddle.specs.language.messages

import io.heddle.dsl.model
import io.heddle.model.Classify
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.Pool
import io.heddle.model.Speech
import io.heddle.model.Table
import io.heddle.specs.language.shouldTell
import io.heddle.terms.CopyHeads
import io.heddle.terms.Pooling
import io.heddle.terms.Pooling.Mean
import io.heddle.terms.XavierUniform
import io.kotest.core.spec.style.StringSpec

class HeadMessagesSpec :
    StringSpec({
        "logits are over a vocabulary" {
            model("sound", width = 8) {
                val sound by vectors(features = 8)
                val next by logits(sound)
            } shouldTell
                """
                next: over which tokens is not known
                  vocab = left out   from logits(sound)  Here.kt:_
                  There are no tokens below it to take the vocabulary from. Say logits(sound, vocab = 32).
                """
        }

        "what is said goes on from what was said before" {
            model("voice", width = 8) {
                val text by tokens(vocab = 5)
                val sound by speech(text)
            } shouldTell
                """
                sound: it says frames, and reads none that were said before
                  input = text   from speech(text)  Here.kt:_
                  Below text there is no spoken(...) input: say spoken(features = 80), and a stack over it.
                """
            val plain =
                model("voice", width = 8) {
                    val before by spoken(features = 4, reduction = 2)
                    val sound by speech(before)
                }
            val components = plain.components.map { if (it is Speech) it.copy(reduction = 3) else it }
            Model("voice", 8, components, emptyList(), emptyList()) shouldTell
                """
                sound: it says other frames than it reads
                  frames of before = 2 of 4 numbers
                  frames of sound = 3 of 4 numbers
                  What is said becomes what is read: give both the same features and reduction.
                """
        }

        "an adaptive table is an input's" {
            val plain =
                model("adaptive", width = 8) {
                    val text by tokens(vocab = 9)
                    val next by logits(text)
                }
            val table = Table.Adaptive(listOf(4), 2, XavierUniform())
            val components = plain.components.map { if (it is Logits) it.copy(table = table) else it }
            Model("adaptive", 8, components, emptyList(), emptyList()) shouldTell
                """
                next: an adaptive table of its own
                  vocabulary = 9
                  A tokens input has it: say adaptive(...) there, and logits(text, tiedTo = that input).
                """
        }

        "words are copied from the text that the decoder looks at" {
            model("copies", width = 8) {
                val source by tokens(vocab = 5)
                val picture by image(channels = 3, size = 8) { patches(4) }
                val target by tokens(vocab = 5)
                val encoder by stack(source, layers = 1) { attention(heads = 2) }
                val decoder by
                    stack(target, layers = 1) {
                        crossAttention(from = encoder, heads = 2)
                        crossAttention(from = picture, heads = 2, name = "look")
                    }
                val other by stack(target, layers = 1) { crossAttention(from = encoder, heads = 2) }
                val first by logits(decoder) { copyFrom(source, through = "decoder/0/look") }
                val second by logits(decoder) { copyFrom(source, through = "other/0/crossAttention") }
                val third by logits(target) { copyFrom(source, through = "other/0/crossAttention") }
                val fine by logits(decoder) { copyFrom(source, through = "decoder/0/crossAttention") }
            } shouldTell
                """
                first: it copies through an attention that is elsewhere
                  copyFrom = source          from logits(decoder)                            Here.kt:_
                  through = decoder/0/look   from logits(decoder)                            Here.kt:_
                  from = picture             from crossAttention(from = picture, heads = 2)  Here.kt:_
                  input = decoder            from logits(decoder)                            Here.kt:_
                  Below decoder these look at source: decoder/0/crossAttention.

                second: it copies through an attention that is elsewhere
                  copyFrom = source                  from logits(decoder)                            Here.kt:_
                  through = other/0/crossAttention   from logits(decoder)                            Here.kt:_
                  from = encoder                     from crossAttention(from = encoder, heads = 2)  Here.kt:_
                  input = decoder                    from logits(decoder)                            Here.kt:_
                  Below decoder these look at source: decoder/0/crossAttention.

                third: it copies through an attention that is elsewhere
                  copyFrom = source                  from logits(target)                             Here.kt:_
                  through = other/0/crossAttention   from logits(target)                             Here.kt:_
                  from = encoder                     from crossAttention(from = encoder, heads = 2)  Here.kt:_
                  input = target                     from logits(target)                             Here.kt:_
                  No cross-attention below target looks at source: add one, or leave copyFrom out.
                """
        }

        "heads that copy are there, and no chain scores what they copy" {
            model("copies", width = 8) {
                val source by tokens(vocab = 9)
                val target by tokens(vocab = 5)
                val decoder by
                    stack(target, layers = 1) {
                        crossAttention(from = source, heads = 2)
                        crossAttention(from = source, heads = 1, name = "look")
                    }
                val first by
                    logits(decoder) { copyFrom(source, through = "decoder/0/crossAttention", CopyHeads.One(2)) }
                val second by logits(decoder) { copyFrom(source, through = "decoder/0/look", CopyHeads.One(-1)) }
                val third by
                    logits(decoder) {
                        copyFrom(source, through = "decoder/0/look")
                        crf(rank = 2, beam = 3)
                    }
            } shouldTell
                """
                first: it copies by a head that is not there
                  head = 2   from logits(decoder)  Here.kt:_
                  decoder/0/crossAttention has heads 0 to 1; CopyHeads.Mean takes all of them.

                second: it copies by a head that is not there
                  head = -1   from logits(decoder)  Here.kt:_
                  decoder/0/look has one head: say CopyHeads.One(0), or CopyHeads.Mean.

                third: words that are copied have no rows in the tables of a chain
                  crf = rank 2   from logits(decoder)  Here.kt:_
                  Only the source has them: leave out crf(...), or copyFrom(...).
                """
        }

        "what is copied is not what is written" {
            model("copies", width = 8) {
                val text by tokens(vocab = 9)
                val decoder by stack(text, layers = 1) { crossAttention(from = text, heads = 2) }
                val next by logits(decoder) { copyFrom(text, through = "decoder/0/crossAttention") }
            } shouldTell
                """
                next: it copies from what it writes itself
                  copyFrom = text   from logits(decoder)  Here.kt:_
                  Read a source beside text, and copy from that.
                """
        }

        "a beam is as wide as the vocabulary at most" {
            model("tags", width = 8) {
                val text by tokens(vocab = 5)
                val tags by logits(text, vocab = 9) { crf(beam = 10) }
            } shouldTell
                """
                tags: the beam is wider than the vocabulary
                  beam = 10   from logits(text, vocab = 9)  Here.kt:_
                  There are only 9 words: say crf(beam = 9).
                """
        }

        "logits are tied to a table of their own sizes" {
            model("sizes", width = 8) {
                val text by tokens(vocab = 5, width = 4) { project() }
                val wide by tokens(vocab = 5)
                val narrow by logits(wide, tiedTo = text)
                val dense by logits(wide, tiedTo = wide) { dense(width = 6) }
            } shouldTell
                """
                narrow: the table it is tied to has other sizes
                  table of text = [5, 4]   from tokens(vocab = 5, width = 4)  Here.kt:_
                  wanted = [5, 8]          from logits(wide, tiedTo = text)   Here.kt:_
                  Say { dense(width = 4) }, or leave tiedTo out.

                dense: the table it is tied to has other sizes
                  table of wide = [5, 8]   from tokens(vocab = 5)            Here.kt:_
                  wanted = [5, 6]          from logits(wide, tiedTo = wide)  Here.kt:_
                  Leave tiedTo out, or give both the same width and vocabulary.
                """
        }

        "what is pooled is as wide as what is made of it" {
            model("pooled", width = 8) {
                    val text by tokens(vocab = 5)
                    val gist by pool(text, Mean)
                }
                .changed { if (it is Pool) it.copy(width = 6) else it } shouldTell
                """
                    gist: it has another width than what it makes
                      width = 6
                      Say 8.
                    """
        }

        "a sequence is pooled into one vector, once" {
            model("pooled", width = 8) {
                    val text by tokens(vocab = 5)
                    val gist by pool(text, Mean)
                    val kind by classify(gist, classes = 3)
                }
                .changed {
                    when (it) {
                        is Pool -> it.copy(pooling = Pooling.Each)
                        is Classify -> it.copy(pooling = Pooling.First)
                        else -> it
                    }
                } shouldTell
                """
                    gist: each position by itself is no vector for a sequence
                      pooling = Each
                      Say First, Last, Mean, Max or Attentive.

                    kind: what it reads is pooled already
                      pooling = First
                      gist is one vector already: say classify(gist, classes = 3).
                    """
        }
    })
