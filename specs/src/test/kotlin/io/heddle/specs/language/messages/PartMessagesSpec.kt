package io.heddle.specs.language.messages

import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.model.Stack
import io.heddle.rules.check
import io.heddle.specs.language.shouldTell
import io.heddle.terms.Ending
import io.heddle.terms.Groups
import io.heddle.terms.LayerNorm
import io.heddle.terms.PreNorm
import io.heddle.terms.ReZero
import io.heddle.terms.RmsNorm
import io.heddle.terms.Shared
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty

class PartMessagesSpec :
    StringSpec({
        "a stack has layers, and a layer has parts" {
            model("hollow", width = 8) {
                val text by tokens(vocab = 5)
                val none by stack(text, layers = -2) { attention(heads = 2) }
                val bare by stack(text, layers = 3) {}
            } shouldTell
                """
                none: the stack has no layers
                  layers = -2   from stack(text, layers = -2)  Here.kt:_
                  Say how many: stack(text, layers = 6).

                bare/*: the layer is empty
                  parts = 0   from stack(text, layers = 3)  Here.kt:_
                  Say what it does: attention(heads = 8); addNorm()
                """
        }

        "a stack that is read without layers is told by its place" {
            layer { feedForward() }.changed { if (it is Stack) it.copy(layers = emptyList()) else it } shouldTell
                """
                decoder: the stack has no layers
                  layers = 0
                  Say how many: stack(text, layers = 6).
                """
        }

        "a stack has as many layers as can be listed" {
            model("tall", width = 8) {
                val text by tokens(vocab = 5)
                val decoder by stack(text, layers = 2_000_000_000) { feedForward() }
            } shouldTell
                """
                decoder: the stack has too many layers
                  layers = 2000000000   from stack(text, layers = 2000000000)  Here.kt:_
                  Say between 1 and 10000.
                """
        }

        "an addNorm() closes a sublayer" {
            layer {
                addNorm()
                attention(heads = 2)
                addNorm()
                addNorm()
            } shouldTell
                """
                decoder/0/norm: there is nothing to close
                  addNorm = nothing before it   from addNorm()  Here.kt:_
                  Put it after a sublayer: attention(heads = 8); addNorm()

                decoder/0/attention/norm: there is nothing to close
                  addNorm = nothing before it   from addNorm()  Here.kt:_
                  Leave it out: the residual around attention is closed already.
                """
        }

        "layers are shared in at most as many groups" {
            model("groups", width = 8) {
                val text by tokens(vocab = 5)
                val encoder by stack(text, layers = 6, weights = Groups(7)) { feedForward() }
                val decoder by stack(text, layers = 6, weights = Groups(0)) { feedForward() }
            } shouldTell
                """
                encoder: there are more groups than layers
                  groups = 7   from stack(text, layers = 6)  Here.kt:_
                  Say 1 to 6.

                decoder: groups is not positive
                  groups = 0   from stack(text, layers = 6)  Here.kt:_
                  Say 1 or more.
                """
        }

        "parts that share weights have the same sizes, whatever else they do" {
            model("shared", width = 8) {
                val text by tokens(vocab = 5)
                val encoder by
                    stack(text, layers = 2, weights = Shared) { layer ->
                        attention(heads = 2) { if (layer == 1) causal() }
                        addNorm()
                        feedForward(hidden = 8 + 8 * layer)
                        addNorm()
                    }
                val decoder by
                    stack(text, layers = 2) { layer ->
                        if (layer == 0) attention(heads = 2) { weightsNamed("same") }
                        else feedForward { weightsNamed("same") }
                        addNorm()
                    }
            } shouldTell
                """
                encoder/1/feedForward: it shares its weights with one that is described otherwise
                  first = encoder/0/feedForward    from feedForward(hidden = 8)   Here.kt:_
                  second = encoder/1/feedForward   from feedForward(hidden = 16)  Here.kt:_
                  Say both alike, or ownWeights() in the second.

                decoder/1/feedForward: it shares its weights with one that is described otherwise
                  first = decoder/0/attention      from attention(heads = 2)  Here.kt:_
                  second = decoder/1/feedForward   from feedForward()         Here.kt:_
                  Say both alike, or ownWeights() in the second.
                """
        }

        "norms of parts that share weights are alike" {
            model("shared", width = 8) {
                val text by tokens(vocab = 5)
                val encoder by
                    stack(text, layers = 2, weights = Shared) { layer ->
                        feedForward()
                        addNorm(if (layer == 0) LayerNorm() else RmsNorm())
                    }
            } shouldTell
                """
                encoder/1/feedForward/norm: it shares its weights with one that is described otherwise
                  first = encoder/0/feedForward/norm
                  second = encoder/1/feedForward/norm
                  Say both alike, or ownWeights() in the second.
                """
        }

        "a layer scale begins at a number" {
            layer {
                feedForward()
                addNorm { layerScale(Double.NaN) }
            } shouldTell
                """
                decoder/0/feedForward/norm: layerScale is not a number
                  start = NaN   from addNorm()  Here.kt:_
                  Say layerScale(1e-4).
                """
        }

        "at most as many experts are chosen as there are" {
            layer { experts(count = 4, topK = 5) { feedForward() } } shouldTell
                """
                decoder/0/experts: more experts are chosen than there are
                  topK = 5   from experts(4, topK = 5, capacity = 1.25)  Here.kt:_
                  Say 1 to 4; 1 is a Switch layer, 2 is usual elsewhere.
                """
        }

        "experts are some, some are chosen, and they have room" {
            layer { experts(count = 0, topK = 0, capacity = 0.0) { feedForward() } } shouldTell
                """
                decoder/0/experts: experts is not positive
                  experts = 0   from experts(0, topK = 0, capacity = 0.0)  Here.kt:_
                  Say 1 or more.

                decoder/0/experts: topK is not positive
                  topK = 0   from experts(0, topK = 0, capacity = 0.0)  Here.kt:_
                  Say 1 or more.

                decoder/0/experts: capacity is not a positive number
                  capacity = 0.0   from experts(0, topK = 0, capacity = 0.0)  Here.kt:_
                  Say a number above 0.
                """
        }

        "only the patches of a picture can be merged" {
            model("merged", width = 8) {
                val text by tokens(vocab = 5)
                val fewer by mergePatches(text)
            } shouldTell
                """
                fewer: there are no patches to merge
                  positions = not those of a picture   from mergePatches(text)  Here.kt:_
                  Patches come from image() without classToken().
                """
        }

        "a norm that ReZero has not" {
            val rezero =
                model("rezero", width = 8) {
                    layout = ReZero
                    norm = RmsNorm()
                    val text by tokens(vocab = 5)
                    val decoder by
                        stack(text, layers = 2, ending = Ending.Bare) {
                            attention(heads = 2)
                            addNorm(RmsNorm(epsilon = 1e-3))
                            feedForward()
                            addNorm()
                        }
                }
            rezero shouldTell
                """
                rezero: ReZero has no norms
                  norm = RmsNorm(epsilon = 1.0E-6)   from norm = RmsNorm(epsilon = 1.0E-6)  Here.kt:_
                  Leave the norm out, or say another layout: layout = PreNorm.

                decoder/*/attention/norm: ReZero has no norms
                  norm = RmsNorm(epsilon = 0.001)   from addNorm()  Here.kt:_
                  Leave the norm out, or say another layout: layout = PreNorm.

                decoder: ReZero has no last norm to leave out
                  ending = Bare   from stack(text, layers = 2)  Here.kt:_
                  Leave ending out: PreNorm, Sandwich, Parallel and Reversible have one.
                """
            rezero.edit { layout = PreNorm }.check().shouldBeEmpty()
        }
    })
