package io.heddle.specs.language

import io.heddle.dsl.BlockScope
import io.heddle.dsl.model
import io.heddle.model.Layer
import io.heddle.model.Stack
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

/** Every shorter form of a call has one meaning in Kotlin, beside the forms that are there for Java. */
class ShortFormsSpec :
    FunSpec({
        fun layer(describe: BlockScope.() -> Unit): Layer =
            model("forms", width = 8) {
                    val text by tokens(vocab = 5)
                    val encoder by stack(text, layers = 1) { describe() }
                }
                .component("encoder")
                .let { (it as Stack).layers.single() }

        test("arguments are named in any order, or stand in their own") {
            layer { attention(heads = 2) } shouldBe layer { attention(2) }
            layer { attention(heads = 2, name = "first") } shouldBe layer { attention(name = "first", heads = 2) }
            layer { feedForward(hidden = 5) } shouldBe layer { feedForward(5) }
            layer { feedForward(hidden = 5, name = "first") } shouldBe layer { feedForward(name = "first", hidden = 5) }
            layer { experts(count = 3) } shouldBe layer { experts(3) }
            layer { experts(3, topK = 1, capacity = 1.0) } shouldBe
                layer { experts(count = 3, capacity = 1.0, topK = 1) }
        }

        test("what is configured by nothing is what is not configured") {
            layer { attention(heads = 2) } shouldBe layer { attention(heads = 2) {} }
            layer { feedForward() } shouldBe layer { feedForward {} }
            layer { feedForward(hidden = 5, name = "first") } shouldBe
                layer { feedForward(hidden = 5, name = "first") {} }
            layer { addNorm() } shouldBe layer { addNorm {} }
        }
    })
