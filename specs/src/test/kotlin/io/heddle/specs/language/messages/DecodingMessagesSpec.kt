package io.heddle.specs.language.messages

import io.heddle.recipe.Coverage
import io.heddle.recipe.Decoding
import io.heddle.recipe.DecodingRule
import io.heddle.specs.language.shouldTell
import io.kotest.core.spec.style.StringSpec

/** What a way of decoding gets wrong is told before anything is written. */
class DecodingMessagesSpec :
    StringSpec({
        "a length penalty is a number, and not negative" {
            for (penalty in listOf(Double.NaN, -1.0, Double.POSITIVE_INFINITY)) {
                training { sample("a", tokens = 5, decoding = Decoding.Beam(2, penalty)) } shouldTell
                    """
                    recipe: lengthPenalty is out of range
                      lengthPenalty = $penalty   from sample("a", tokens = 5)  Here.kt:_
                      It must be 0 or more.
                    """
            }
            training { sample("a", tokens = 5, decoding = Decoding.Beam(2, 0.0)) } shouldTell ""
        }

        "a decoding's numbers are in their ranges, and its rules say something" {
            fun told(decoding: Decoding) = training { sample("a", tokens = 5, decoding = decoding) }
            told(Decoding.Sampling(minP = 1.0, typical = 0.0)) shouldTell
                """
                recipe: minP is out of range
                  minP = 1.0   from sample("a", tokens = 5)  Here.kt:_
                  It must be at least 0 and below 1.

                recipe: typical is out of range
                  typical = 0.0   from sample("a", tokens = 5)  Here.kt:_
                  It must be above 0 and at most 1.
                """
            told(Decoding.DiverseBeam(5, groups = 2)) shouldTell
                """
                recipe: groups do not share the beam evenly
                  groups = 2   from sample("a", tokens = 5)  Here.kt:_
                  Say a number that 5 is a multiple of.
                """
            told(Decoding.Restricted(Decoding.Restricted(Decoding.Greedy, listOf()), listOf())) shouldTell
                """
                recipe: way has rules of its own
                  way = Restricted   from sample("a", tokens = 5)  Here.kt:_
                  Put all rules into one list.

                recipe: rules has no rule
                  rules = none   from sample("a", tokens = 5)  Here.kt:_
                  Say one, or leave Restricted out.
                """
            val rules = listOf(DecodingRule.NoRepeat(0), DecodingRule.Stop(""), DecodingRule.RepetitionPenalty(1.2))
            told(Decoding.Restricted(Decoding.Beam(2), rules)) shouldTell
                """
                recipe: noRepeat is not positive
                  noRepeat = 0   from sample("a", tokens = 5)  Here.kt:_
                  It must be 1 or more.

                recipe: stop has no text
                  stop = ""   from sample("a", tokens = 5)  Here.kt:_
                  Say one, or leave the rule out.
                """
            told(Decoding.Restricted(Decoding.Greedy, listOf(DecodingRule.Beginning("b")))) shouldTell ""
            told(Decoding.Contrastive(0, penalty = 1.5)) shouldTell
                """
                recipe: candidates is not positive
                  candidates = 0   from sample("a", tokens = 5)  Here.kt:_
                  It must be 1 or more.

                recipe: penalty is out of range
                  penalty = 1.5   from sample("a", tokens = 5)  Here.kt:_
                  It must be at least 0 and at most 1.
                """
            val words = listOf(DecodingRule.Required("a"), DecodingRule.Required("b"))
            told(Decoding.Restricted(Decoding.Contrastive(), words)) shouldTell
                """
                recipe: required is for a beam
                  required = "a", "b"   from sample("a", tokens = 5)  Here.kt:_
                  Say Beam or DiverseBeam, which keep what is required in sight.
                """
            told(Decoding.Restricted(Decoding.DiverseBeam(4, groups = 2), words)) shouldTell ""
            told(Decoding.Beam(2, coverage = Coverage.Penalty("decoder/0/crossAttention", -1.0))) shouldTell
                """
                recipe: weight is out of range
                  weight = -1.0   from sample("a", tokens = 5)  Here.kt:_
                  It must be 0 or more.
                """
        }
    })
