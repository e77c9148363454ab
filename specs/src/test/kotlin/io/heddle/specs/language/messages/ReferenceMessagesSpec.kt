package io.heddle.specs.language.messages

import io.heddle.dsl.Given
import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.json.ModelJson
import io.heddle.model.Component
import io.heddle.model.Contrast
import io.heddle.model.CopiesInput
import io.heddle.model.Copying
import io.heddle.model.CrossAttention
import io.heddle.model.Logits
import io.heddle.model.Model
import io.heddle.model.Stack
import io.heddle.model.Table
import io.heddle.model.TokenInput
import io.heddle.specs.language.Models
import io.heddle.specs.language.shouldTell
import io.heddle.terms.CopyHeads
import io.heddle.terms.Pooling.Mean
import io.heddle.terms.Self
import io.heddle.terms.Temperature
import io.kotest.core.spec.style.StringSpec

/** What a component or a part reads is there, comes before it, and is of a kind that it can read. */
class ReferenceMessagesSpec :
    StringSpec({
        val translation =
            model("nmt", width = 20) {
                val source by tokens(vocab = 100)
                val target by tokens(vocab = 100)
                val encoder by stack(source, layers = 6) { attention(heads = 5) }
                val decoder by
                    stack(target, layers = 6) {
                        attention(heads = 5) { causal() }
                        addNorm()
                        crossAttention(from = encoder)
                        addNorm()
                    }
                val next by logits(decoder, tiedTo = target)
            }

        /** Read from a document, after a [change] that no script can say. */
        fun read(change: (List<Component>) -> List<Component>): Model {
            val changed = change(translation.components)
            val model = Model(translation.name, translation.width, changed, translation.objectives, emptyList())
            return ModelJson.read(ModelJson.write(model), "nmt.json")
        }

        "it comes before" {
            read { all -> listOf(0, 1, 3, 2, 4).map { all[it] } } shouldTell
                """
            decoder/*/crossAttention: "encoder" comes later
              from = encoder   from $.components[2].layers[0].parts[2]  nmt.json:133
              Move "encoder" before "decoder", or name one that comes before: source, target.
            """
        }

        "it is there" {
            read { all -> all.filter { it.name != "encoder" } } shouldTell
                """
            decoder/*/crossAttention: there is no "encoder"
              from = encoder   from $.components[2].layers[0].parts[2]  nmt.json:133
              Name one of: source, target.
            """
        }

        "it is a sequence, and not itself" {
            read { all ->
                val encoder = all.first { it is Stack } as Stack
                val next = all.last() as Logits
                all.map { if (it == encoder) encoder.copy(input = "encoder") else it } +
                    encoder.copy(name = "more", input = "next") +
                    next.copy(name = "again")
            } shouldTell
                """
                encoder: "encoder" looks at itself
                  input = encoder   from $.components[2]  nmt.json:61
                  It may look at what comes before it. Name one of: source, target.

                more: "next" is not a sequence
                  input = next   from $.components[5]  nmt.json:278
                  Name one of: source, target, encoder, decoder.
                """
        }

        "nothing comes before the first" {
            read { all -> all.filter { it is Logits } } shouldTell
                """
                next: there is no "decoder"
                  input = decoder   from $.components[0]  nmt.json:7
                  Describe one first: there is none yet.

                next: "target" has no table of its own that comes before
                  tiedTo = target   from $.components[0]  nmt.json:7
                  Leave tiedTo out: there is no table to tie it to.
                """
            read { all -> listOf(3, 0, 1, 2, 4).map { all[it] } } shouldTell
                """
                decoder: "target" comes later
                  input = target   from $.components[0]  nmt.json:7
                  Move "target" before "decoder".

                decoder/*/crossAttention: "encoder" comes later
                  from = encoder   from $.components[0].layers[0].parts[2]  nmt.json:79
                  Move "encoder" before "decoder".
                """
        }

        "it has a table of its own" {
            read { all -> all.map { if (it is Logits) it.copy(table = Table.Tied("encoder")) else it } } shouldTell
                """
                next: "encoder" has no table of its own that comes before
                  tiedTo = encoder   from $.components[4]  nmt.json:248
                  Tie it to one of: source, target.
                """
        }

        "a table is there to be tied to, in this model" {
            val words =
                model("other", width = 16) {
                        val words by tokens(vocab = 5)
                    }
                    .component("words") as TokenInput
            model("tied", width = 8) {
                val more by tokens(tiedTo = words)
                val next by logits(more, tiedTo = words)
            } shouldTell
                """
                more: "words" has no table of its own that comes before
                  tiedTo = words   from tokens(tiedTo = words)  Here.kt:_
                  Leave tiedTo out: there is no table to tie it to.

                next: "words" has no table of its own that comes before
                  tiedTo = words   from logits(more, tiedTo = words)  Here.kt:_
                  Leave tiedTo out: there is no table to tie it to.
                """
        }

        "a layer of a stack is told in the words of a script" {
            model("layers", width = 8) {
                val text by tokens(vocab = 5)
                val encoder by stack(text, layers = 6) { attention(heads = 2) }
                val decoder by stack(text, layers = 1) { crossAttention(from = encoder.layer(2)) }
            } shouldTell
                """
                decoder/0/crossAttention: how many heads it has is not known
                  heads = left out   from crossAttention(from = encoder.layer(2))  Here.kt:_
                  No attention of its block comes before it to take them from. Say crossAttention(from = encoder.layer(2), heads = 8).
                """
        }

        "a layer is one of its stack's" {
            model("layers", width = 8) {
                val text by tokens(vocab = 5)
                val encoder by stack(text, layers = 6) { attention(heads = 2) }
                val decoder by stack(text, layers = 1) { crossAttention(from = encoder.layer(6), heads = 2) }
            } shouldTell
                """
                decoder/0/crossAttention: "encoder" has no such layer
                  from = encoder/6   from crossAttention(from = encoder.layer(6), heads = 2)  Here.kt:_
                  Its layers are 0 to 5.
                """
            translation
                .edit {}
                .changedParts { part -> if (part is CrossAttention) part.copy(from = "source/0") else part } shouldTell
                """
                decoder/*/crossAttention: "source" has no such layer
                  from = source/0
                  Only a stack has layers.
                """
        }

        "a relation is about the positions that are looked at" {
            model("graph", width = 8) {
                val text by tokens(vocab = 5)
                val nodes by vectors(features = 8)
                val edges by relation(nodes)
                val encoder by stack(text, layers = 2) { attention(heads = 2) { mask = Given(edges) or Self } }
            } shouldTell
                """
                encoder/*/attention: "edges" is about other positions
                  relation of = nodes   from relation(nodes)          Here.kt:_
                  positions of = text   from stack(text, layers = 2)  Here.kt:_
                  Say relation(text).
                """
        }

        "a relation and a relative bias are there" {
            layer { attention(heads = 2) { mask = io.heddle.terms.Given("edges") or Self } } shouldTell
                """
                decoder/0/attention: there is no relation "edges" before it
                  mask = edges   from attention(heads = 2)  Here.kt:_
                  Describe one first: there is none yet.
                """
        }

        "copies are of tokens, as long as classes say" {
            model("copies", width = 8) {
                    val source by tokens(vocab = 5)
                    val length by classify(source, Mean, classes = 9)
                    val target by copies(source, length)
                }
                .changed { if (it is CopiesInput) it.copy(source = "length", length = "source") else it } shouldTell
                """
                    target: there is no tokens input "length" before it
                      source = length
                      Name one of: source.

                    target: there is no classify head "source" before it
                      length = source
                      Name one of: length.
                    """
        }

        "what is copied goes through a cross-attention" {
            val copying = Copying.From("source", "decoder/0/attention", CopyHeads.Mean)
            Models.nmt.changed { if (it is Logits) it.copy(copying = copying) else it } shouldTell
                """
                next: there is no cross-attention "decoder/0/attention"
                  through = decoder/0/attention
                  Name one of: decoder/0/crossAttention, decoder/1/crossAttention, decoder/2/crossAttention, decoder/3/crossAttention, decoder/4/crossAttention, decoder/5/crossAttention.
                """
        }

        "contrasts are of what is pooled" {
            model("contrast", width = 8) {
                    val text by tokens(vocab = 5)
                    val left by pool(text, Mean)
                    val right by pool(text, Mean)
                    val likeness by contrast(left, right, width = 4, Temperature.Fixed(0.1))
                }
                .changed { if (it is Contrast) it.copy(right = "text") else it } shouldTell
                """
                    likeness: there is no pool "text" before it
                      right = text
                      Name one of: left, right.
                    """
        }
    })
