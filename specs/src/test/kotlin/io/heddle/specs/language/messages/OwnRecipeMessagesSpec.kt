package io.heddle.specs.language.messages

import io.heddle.dsl.ExperimentScope
import io.heddle.dsl.experiment
import io.heddle.dsl.recipe
import io.heddle.dsl.reverseTask
import io.heddle.experiment.check
import io.heddle.recipe.AdamW
import io.heddle.recipe.BestBy
import io.heddle.recipe.BleuTokenization.Characters
import io.heddle.recipe.BleuTokenization.None
import io.heddle.recipe.DecoderInput
import io.heddle.recipe.Metric
import io.heddle.recipe.Reward
import io.heddle.recipe.Rewards
import io.heddle.recipe.Sgd
import io.heddle.specs.generate.copier
import io.heddle.specs.language.Models
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.shouldTell
import io.heddle.specs.language.told
import io.kotest.core.spec.style.StringSpec

/** What a variant gets wrong that has something of its own, and what cannot be compared. */
class OwnRecipeMessagesSpec :
    StringSpec({
        val forced = recipe(reverseTask(), steps = 1_000) { exactMatch() }

        fun compared(describe: ExperimentScope.() -> Unit) =
            experiment("ways") {
                recipe(forced)
                describe()
            }

        "what is a variant's own has one value, which nothing else overwrites" {
            compared {
                    variant("first", Models.transformer) {
                        clip(1.0, 2.0)
                        warmup()
                        batch(4)
                        batch(8)
                    }
                    variant("second", Models.transformer) {
                        learningRate(1e-4)
                        weightDecay(0.1)
                    }
                    vary {
                        clip(3.0)
                        optimizer(AdamW(1e-3), Sgd(0.1))
                    }
                }
                .check() shouldTell
                """
                first: batch is said twice
                  batch = twice   from batch(8)  Here.kt:_
                  Say it once, with one value.

                first: a variant has several values of clip
                  clip = 1.0, 2.0   from clip(1.0, 2.0)  Here.kt:_
                  Say one. What is tried with every variant stands in vary: vary { clip(...) }.

                first: clip is a variant's own, and varied with all
                  clip = 1.0, 2.0   from clip(1.0, 2.0)  Here.kt:_
                  clip = 3.0        from clip(3.0)       Here.kt:_
                  Leave it out of vary, or of the variant: one would undo the other.

                first: warmup has no value
                  warmup = none   from warmup()  Here.kt:_
                  Say one, warmup(...), or leave it out of the variant.

                second: learningRate changes nothing
                  learningRate = 1.0E-4   from learningRate(1.0E-4)  Here.kt:_
                  Leave it out: a word that is said after it says the same anew, or the optimizer has no such number. Of words that change the same, say the one that holds the other first: optimizer before learningRate, schedule before warmup.

                second: weightDecay changes nothing
                  weightDecay = 0.1   from weightDecay(0.1)  Here.kt:_
                  Leave it out: a word that is said after it says the same anew, or the optimizer has no such number. Of words that change the same, say the one that holds the other first: optimizer before learningRate, schedule before warmup.
                """
        }

        "the same model with the same recipe is one variant" {
            compared {
                    variant("first", Models.transformer)
                    variant("second", Models.transformer) { decoderInput(DecoderInput.TeacherForcing) }
                }
                .check() shouldTell
                """
                ways: "first" and "second" are the same model
                  variant = first    from variant("first", ...)   Here.kt:_
                  variant = second   from variant("second", ...)  Here.kt:_
                  Leave one out, or change it.
                """
        }

        "a variant in braces says something" {
            told {
                    compared {
                        variant("first", Models.transformer) {}
                        judge(by = Metric.ExactMatch)
                        judge(by = BestBy.Loss)
                    }
                }
                .replace(Regex("\\w+\\.kt:\\d+"), "Here.kt:_") shouldRead
                """
                ways: a variant says nothing of its own
                  variant = variant("first", ...)  Here.kt:_
                  Say it, variant("own", model) { decoderInput(DecoderInput.Blanks) }, or leave the braces out.

                ways: judge is said twice
                  first = judge(by = Metric.ExactMatch)  Here.kt:_
                  then = judge(by = BestBy.Loss)         Here.kt:_
                  Only one can hold. Leave out the other.
                """
        }

        "what is wrong with one variant's recipe says which one it is of" {
            compared {
                    variant("first", Models.transformer)
                    variant("second", Models.transformer) { steps(0) }
                }
                .check() shouldTell
                """
                second: recipe: steps is not positive
                  steps = 0   from steps(0)  Here.kt:_
                  It must be 1 or more.
                """
        }

        "losses of other words are not compared" {
            compared {
                    variant("first", Models.transformer)
                    variant("second", Models.transformer) { data(reverseTask(symbols = 40)) }
                }
                .check() shouldTell
                """
                ways: their losses are not of the same words
                  first = each word after those before it of ReverseTask(symbols = 50)
                  second = each word after those before it of ReverseTask(symbols = 40)   from data(ReverseTask)  Here.kt:_
                  Measure what all of them write, by exactMatch() in the recipe, and say judge(by = Metric.ExactMatch).
                """
        }

        "losses of a model that copies are of words that others do not know" {
            compared {
                    variant("first", Models.transformer)
                    variant("second", copier())
                }
                .check() shouldTell
                """
                ways: their losses are not of the same words
                  first = each word after those before it of ReverseTask
                  second = each word after those before it, copied ones among them, of ReverseTask
                  Measure what all of them write, by exactMatch() in the recipe, and say judge(by = Metric.ExactMatch).
                """
        }

        "as many operations leave as many steps as rewards need to begin" {
            compared {
                    variant("first", Models.transformer)
                    variant("second", Models.transformer) {
                        decoderInput(DecoderInput.TeacherForcing)
                        rewards(Rewards.MinimumRisk(Reward.ChrF, samples = 4, after = 900))
                        steps(2_000)
                    }
                    variant("third", Models.transformer) {
                        rewards(Rewards.MinimumRisk(Reward.ChrF, samples = 4, after = 1_900))
                        steps(2_000)
                    }
                    rescale(operations)
                }
                .check() shouldTell
                """
                third: recipe: rewards begin when the training has ended
                  after = 1900           from rewards(MinimumRisk)  Here.kt:_
                  rescale = operations   from rescale(operations)   Here.kt:_
                  It has 1000 steps. Say a smaller after, or more steps.
                """
        }

        "what judges is measured" {
            compared {
                    variants(Models.transformer)
                    judge(by = Metric.ChrF)
                }
                .check() shouldTell
                """
                ways: variants are judged by what is not measured
                  judge = ChrF   from judge(by = Metric.ChrF)  Here.kt:_
                  Say chrF() in the recipe as judge says it, or name what the recipe measures.
                """
            compared {
                    variants(Models.transformer)
                    judge(by = BestBy.Accuracy)
                }
                .check() shouldTell
                """
                ways: variants are judged by an accuracy, and this data has no labels
                  judge = accuracy   from judge(by = BestBy.Accuracy)  Here.kt:_
                  Name a metric that the recipe asks for: judge(by = Metric.ExactMatch).
                """
            experiment("ways") {
                    variants(Models.transformer)
                    recipe(forced.copy(evaluation = forced.evaluation.copy(metrics = listOf(Metric.Bleu(None)))))
                    judge(by = Metric.Bleu(Characters))
                }
                .check() shouldTell
                """
                ways: variants are judged by what is not measured
                  judge = Bleu(tokenization=Characters)   from judge(by = Metric.Bleu)  Here.kt:_
                  Say bleu() in the recipe as judge says it, or name what the recipe measures.
                """
        }
    })
