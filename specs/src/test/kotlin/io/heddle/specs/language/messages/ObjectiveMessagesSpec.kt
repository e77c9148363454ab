package io.heddle.specs.language.messages

import io.heddle.dsl.edit
import io.heddle.dsl.model
import io.heddle.model.BinaryCrossEntropy
import io.heddle.model.Contrastive
import io.heddle.model.CrossEntropy
import io.heddle.model.Matching
import io.heddle.model.Model
import io.heddle.model.Objective
import io.heddle.specs.language.Models
import io.heddle.specs.language.shouldTell
import io.heddle.terms.Decay
import io.heddle.terms.Depth
import io.heddle.terms.Pooling
import io.kotest.core.spec.style.StringSpec

class ObjectiveMessagesSpec :
    StringSpec({
        fun Model.trainedFor(vararg objectives: Objective) = Model(name, width, components, objectives.toList(), frozen)

        "an objective is about a head of its kind" {
            Models.tiny()
                .trainedFor(
                    CrossEntropy("decoder", 0.0, Depth.LastLayer, 1.0),
                    BinaryCrossEntropy("next", 1.0),
                    Contrastive("next", 1.0),
                    Matching("next", "box", 0.0, 2.0, 0.1, Depth.LastLayer, 1.0),
                ) shouldTell
                """
                    objective: there are no logits or classes "decoder"
                      Name one of: next.

                    objective: there are no classes with multiLabel() "next"
                      Describe one first: there is none yet.

                    objective: there are no contrasts "next"
                      Describe one first: there is none yet.

                    objective: distance is not a positive number
                      distance = 0.0
                      Say a number above 0.

                    objective: there are no classes of each position "next"
                      Describe one first: there is none yet.

                    objective: there are no boxes "box"
                      Describe one first: there is none yet.
                    """
        }

        "a class and a box are of one object" {
            model("objects", width = 8) {
                val scene by image(channels = 3, size = 8) { patches(2) }
                val encoder by
                    stack(scene, layers = 1) {
                        attention(heads = 2)
                        addNorm()
                    }
                val label by classify(scene, Pooling.Each, classes = 3)
                val box by boxes(encoder)
                objective { matching(label, box) }
            } shouldTell
                """
                objective: classes and boxes of other objects
                  label of = scene   from classify(scene, Each, classes = 3)  Here.kt:_
                  box of = encoder   from boxes(encoder, layers = 3)          Here.kt:_
                  Each position is one object, with a class and a box: say boxes(scene).
                """
        }

        "a loss over sublayers finds some" {
            model("none", width = 8) {
                val text by tokens(vocab = 5)
                val decoder by
                    stack(text, layers = 2) {
                        attention(heads = 2)
                        addNorm()
                        experts(count = 4) { feedForward() }
                        addNorm()
                    }
                objective {
                    loadBalance("decoder/*/expert")
                    loadBalance("encoder/**")
                    routerSize("decoder/*/router")
                    guidedAttention("**", sharpness = 0.0)
                    guidedAttention("decoder/*/look", decay = Decay.HalfLife(0))
                    guidedAttention("**", decay = Decay.Linear(-1))
                }
            } shouldTell
                """
                objective: no experts at "decoder/*/expert"
                  Did you mean "decoder/0/experts"?

                objective: no experts at "encoder/**"
                  The model has: decoder/0/experts, decoder/1/experts.

                objective: no experts at "decoder/*/router"
                  The model has: decoder/0/experts, decoder/1/experts.

                objective: sharpness is not a positive number
                  sharpness = 0.0
                  Say a number above 0.

                objective: no cross-attention at "**"
                  The model has none.

                objective: steps of its decay is not positive
                  steps of its decay = 0
                  Say 1 or more.

                objective: no cross-attention at "decoder/*/look"
                  The model has none.

                objective: steps of its decay is not positive
                  steps of its decay = -1
                  Say 1 or more.
                """
        }

        "what is frozen is there" {
            Models.tiny().edit { freeze("decodr") } shouldTell
                """
                objective: no weights at "decodr"
                  path = decodr   from freeze("decodr")  Here.kt:_
                  Did you mean "decoder"?
                """
            Models.nmt.edit { freeze("everything") } shouldTell
                """
                objective: no weights at "everything"
                  path = everything   from freeze("everything")  Here.kt:_
                  The model has: source, target, encoder, decoder, next, encoder/0/attention, encoder/0/feedForward, encoder/1/attention and 27 more.
                """
        }
    })
