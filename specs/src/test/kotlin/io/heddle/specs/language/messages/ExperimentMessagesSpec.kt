package io.heddle.specs.language.messages

import io.heddle.dsl.ExperimentScope
import io.heddle.dsl.edit
import io.heddle.dsl.experiment
import io.heddle.experiment.Experiment
import io.heddle.experiment.Parity
import io.heddle.experiment.Resource
import io.heddle.experiment.check
import io.heddle.recipe.AdamW
import io.heddle.recipe.Cosine
import io.heddle.recipe.Linear
import io.heddle.recipe.Reward
import io.heddle.recipe.Rewards
import io.heddle.recipe.Sgd
import io.heddle.specs.language.Experiments.base
import io.heddle.specs.language.Experiments.preNorm
import io.heddle.specs.language.Experiments.training
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.shouldTell
import io.heddle.specs.language.told
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe

/** What an experiment gets wrong is told before anything is trained. */
class ExperimentMessagesSpec :
    StringSpec({
        fun compared(describe: ExperimentScope.() -> Unit): Experiment =
            experiment("layouts") {
                recipe(training)
                describe()
            }

        "there is something to compare, and a recipe" {
            compared {}.check() shouldTell
                """
                layouts: there is nothing to compare
                  variants = 0
                  Name models: variants(base, base.edit { layout = PreNorm }).
                """
            told { experiment("layouts") { variants(base()) } }.replace(Regex("\\w+\\.kt:\\d+"), "Here.kt:_") shouldRead
                """
                layouts: there is no recipe
                  experiment = layouts   from experiment("layouts")  Here.kt:_
                  Say how all are trained: recipe(text("input.txt", context = 64), steps = 2_000).
                """
        }

        "variants have names of their own, and are models of their own" {
            compared {
                    variant("same", base())
                    variant("same", preNorm)
                    variant("twin", base())
                }
                .check() shouldTell
                """
                layouts: two variants are called "same"
                  variant = same   from variant("same", ...)  Here.kt:_
                  variant = same   from variant("same", ...)  Here.kt:_
                  Give each a name of its own: variant("same, deeper", base.edit { stack("decoder", layers = 6) }).

                layouts: "same" and "twin" are the same model
                  variant = same   from variant("same", ...)  Here.kt:_
                  variant = twin   from variant("twin", ...)  Here.kt:_
                  Leave one out, or change it.
                """
        }

        "what is wrong with a variant says which one it is of" {
            compared { variants(base(), base().edit { attention("decoder/0", heads = 3) }) }.check() shouldTell
                """
                heads 3, keyValueHeads 3, headWidth 2, valueWidth 2: decoder/0/attention: heads do not divide width
                  width = 8   from model("base", width = 8)           Here.kt:_
                  heads = 3   from attention("decoder/0", heads = 3)  Here.kt:_
                  8 is not a multiple of 3. Try width = 6 or 9, or heads = 2.
                """
        }

        "a word that varies has values, and is there once" {
            compared {
                    variants(base())
                    vary {
                        warmup()
                        clip(1.0, 1.0)
                        clip(2.0)
                    }
                }
                .check() shouldTell
                """
                layouts: warmup has no values
                  warmup = none   from warmup()  Here.kt:_
                  Name some: warmup(...), or leave warmup out of vary.

                layouts: clip is varied twice
                  clip = twice   from clip(2.0)  Here.kt:_
                  Say all its values at once.
                """
        }

        "every setting is another recipe" {
            compared {
                    variants(base())
                    vary {
                        optimizer(Sgd(0.1), AdamW(1e-3))
                        weightDecay(0.1, 0.2)
                    }
                }
                .check() shouldTell
                """
                layouts: two settings are the same recipe
                  optimizer = Sgd, AdamW   from optimizer(Sgd, AdamW)  Here.kt:_
                  weightDecay = 0.1, 0.2   from weightDecay(0.1, 0.2)  Here.kt:_
                  "optimizer Sgd, weightDecay 0.2" is no other than "optimizer Sgd, weightDecay 0.1". Leave one out; of words that change the same, say the one that holds the other first: optimizer before learningRate, schedule before warmup.
                """
        }

        "what is wrong with every setting is told once, and what is wrong with one says which" {
            experiment("layouts") {
                    variants(base())
                    recipe(training.copy(steps = 0, optimizer = AdamW(1e-3)))
                    vary { schedule(Cosine(), Linear(floor = 2e-3)) }
                }
                .check() shouldTell
                """
                recipe: steps is not positive
                  steps = 0
                  It must be 1 or more.

                schedule Linear: recipe: floor is out of range
                  floor = 0.002   from schedule(Cosine, Linear)  Here.kt:_
                  It must be at least 0 and at most the learning rate, 0.001.
                """
        }

        "what is wrong with a value is told once, however many settings have it" {
            compared {
                    variants(base())
                    vary {
                        warmup(0, 5, 10)
                        batch(0, 4)
                        clip(1.0, 2.0)
                    }
                }
                .check() shouldTell
                """
                batch 0: recipe: batch is not positive
                  batch = 0   from batch(0, 4)  Here.kt:_
                  It must be 1 or more.
                """
            compared {
                    variants(base())
                    vary {
                        learningRate(1e-3, 1e-4)
                        schedule(Cosine(), Linear(floor = 5e-4))
                        clip(1.0, 2.0)
                    }
                }
                .check() shouldTell
                """
                learningRate 1.0E-4, schedule Linear: recipe: floor is out of range
                  floor = 5.0E-4   from schedule(Cosine, Linear)  Here.kt:_
                  It must be at least 0 and at most the learning rate, 1.0E-4.
                """
        }

        "what an experiment has one of is said once, and vary says something" {
            told {
                    compared {
                        variants(base())
                        recipe(training)
                        seeds(1, 2)
                        seeds(3, 3)
                        match(parameters, within = 0.1)
                        rescale(operations)
                        diverged(above = 9.0)
                        diverged(above = 12.0)
                        vary {}
                    }
                }
                .replace(Regex("\\w+\\.kt:\\d+"), "Here.kt:_") shouldRead
                """
                layouts: recipe is said twice
                  first = recipe(...)  Here.kt:_
                  then = recipe(...)   Here.kt:_
                  Only one can hold. Leave out the other.

                layouts: seeds is said twice
                  first = seeds(1, 2)  Here.kt:_
                  then = seeds(3, 3)   Here.kt:_
                  Only one can hold. Leave out the other.

                layouts: variants are to be alike in two things
                  first = match(parameters, within = 0.1)  Here.kt:_
                  then = rescale(operations)               Here.kt:_
                  They can be in one: say match or rescale once.

                layouts: diverged is said twice
                  first = diverged(above = 9.0)  Here.kt:_
                  then = diverged(above = 12.0)  Here.kt:_
                  Only one can hold. Leave out the other.

                layouts: vary says nothing
                  vary = nothing   from vary { }  Here.kt:_
                  Say what is tried: vary { warmup(0, 500) }, or leave it out.

                layouts: a seed is there twice
                  seed = 3   from seeds(3, 3)  Here.kt:_
                  Its trial would be the same. Name each once.
                """
        }

        "a word that changes nothing is refused" {
            compared {
                    variants(base())
                    vary {
                        learningRate(1e-3, 1e-2)
                        optimizer(Sgd(0.1))
                    }
                }
                .check() shouldTell
                """
                layouts: learningRate changes nothing
                  learningRate = 0.001, 0.01   from learningRate(0.001, 0.01)  Here.kt:_
                  Leave it out: a word that is said after it says the same anew, or the optimizer has no such number. Of words that change the same, say the one that holds the other first: optimizer before learningRate, schedule before warmup.
                """
            compared {
                    variants(base())
                    vary {
                        optimizer(Sgd(0.1))
                        weightDecay(0.1)
                    }
                }
                .check()
                .map { it.title } shouldBe listOf("weightDecay changes nothing")
            compared {
                    variants(base())
                    vary { warmup(0) }
                }
                .check()
                .shouldBeEmpty()
        }

        "names may have any letter" {
            compared { variant("größer 🚀", base()) }.check().shouldBeEmpty()
            experiment("🚀") {
                    variants(base())
                    recipe(training)
                }
                .check()
                .shouldBeEmpty()
        }

        "names stand on one line" {
            experiment("lay\nouts") {
                    variant("two\nlines", base())
                    recipe(training)
                }
                .check() shouldTell
                """
                experiment: its name cannot be printed
                  name = "lay?outs"   from experiment("lay?outs")  Here.kt:_
                  Give it a name on one line.

                variant: its name cannot be printed
                  name = "two?lines"   from variant("two?lines", ...)  Here.kt:_
                  Give it a name on one line.
                """
        }

        "what is wrong with the recipe is told beside what is wrong with the variants" {
            experiment("layouts") {
                    variants(base(), base().edit { attention("decoder/0", heads = 3) }.edit { name = "odd" })
                    recipe(training.copy(steps = 0))
                    seeds()
                }
                .check() shouldTell
                """
                layouts: there are no seeds
                  seeds = none   from seeds()  Here.kt:_
                  Name some: seeds(1, 2, 3).

                odd: decoder/0/attention: heads do not divide width
                  width = 8   from model("base", width = 8)           Here.kt:_
                  heads = 3   from attention("decoder/0", heads = 3)  Here.kt:_
                  8 is not a multiple of 3. Try width = 6 or 9, or heads = 2.

                recipe: steps is not positive
                  steps = 0
                  It must be 1 or more.
                """
        }

        "seeds are there, each once" {
            compared {
                    variants(base())
                    seeds()
                }
                .check() shouldTell
                """
                layouts: there are no seeds
                  seeds = none   from seeds()  Here.kt:_
                  Name some: seeds(1, 2, 3).
                """
            compared {
                    variants(base())
                    seeds(1, 2, 1)
                }
                .check() shouldTell
                """
                layouts: a seed is there twice
                  seed = 1   from seeds(1, 2, 1)  Here.kt:_
                  Its trial would be the same. Name each once.
                """
        }

        "numbers are in their ranges, and what is alike can be" {
            compared {
                    variants(base())
                    match(parameters, within = 1.0)
                    diverged(above = 0.0)
                }
                .check() shouldTell
                """
                layouts: the loss above which a trial diverges is not positive
                  diverged above = 0.0   from diverged(above = 0.0)  Here.kt:_
                  It must be above 0.

                layouts: within is out of range
                  within = 1.0   from match(parameters, within = 1.0)  Here.kt:_
                  It must be at least 0 and below 1.
                """
            compared {
                    variants(base())
                    rescale(parameters)
                }
                .check() shouldTell
                """
                layouts: no number of steps makes parameters alike
                  rescale = parameters   from rescale(parameters)  Here.kt:_
                  Say match(parameters), or rescale(operations).
                """
            compared { variants(base()) }.copy(parity = Parity.Required(Resource.Time, 0.1)).check() shouldTell
                """
                layouts: time is known only when all is trained
                  match = time
                  Say match(time), which trains each for as long as the first.
                """
            val rewarded = training.copy(rewards = Rewards.MinimumRisk(Reward.ChrF, samples = 2, after = 100))
            compared { variants(base()) }
                .copy(recipe = rewarded, parity = Parity.Rescaled(Resource.Time))
                .check()
                .filter { it.place == "layouts" } shouldTell
                """
                layouts: a step does not take as long before rewards begin as afterwards
                  rewards = after 100 steps
                  match = time
                  Say rescale(operations), or let rewards begin at once (after = 0) with the weights of another run.
                """
        }

        "variants that have not as much are refused, where they should" {
            val wider = base(width = 12).edit { name = "wider" }
            compared {
                    variants(base(), wider)
                    match(parameters)
                }
                .check() shouldTell
                """
                layouts: "wider" has not as many parameters as "base"
                  base = 1,408
                  wider = 2,880
                  match = parameters   from match(parameters)  Here.kt:_
                  They are the share 1.05 apart, where 0.01 is allowed. Change a width.
                """
            compared {
                    variants(base(), base(layers = 3).edit { name = "deeper" })
                    match(parameters)
                }
                .check() shouldTell
                """
                layouts: "deeper" has not as many parameters as "base"
                  base = 1,408
                  deeper = 2,008
                  match = parameters   from match(parameters)  Here.kt:_
                  They are the share 0.43 apart, where 0.01 is allowed. Change a width, or say match(parameters, within = 0.43).
                """
            // The share is of what the first one has, which the wider one is 104.5 % above.
            compared {
                    variants(base(), wider)
                    match(parameters, within = 0.99)
                }
                .check()
                .map { it.title } shouldBe listOf("\"wider\" has not as many parameters as \"base\"")
            compared {
                    variants(base(), wider)
                    match(operations, within = 0.05)
                }
                .check() shouldTell
                """
                layouts: "wider" takes not as many operations as "base"
                  base = 5,103,616
                  wider = 10,014,720
                  match = operations   from match(operations, within = 0.05)  Here.kt:_
                  They are the share 0.97 apart, where 0.05 is allowed. Change a width, say match(operations, within = 0.97), or rescale(operations), which trains each for as many steps as come to the same.
                """
        }
    })
