package io.heddle.specs.cli

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

/** A model as equations, for a terminal and for a paper. */
class EquationsVerbSpec :
    StringSpec({
        val desk = autoClose(Desk())
        desk.file("tiny.model.kts", tiny)

        "for a terminal" {
            desk.heddle("equations", "tiny.model.kts") shouldBe
                Ran(
                    0,
                    """
                    tiny

                    text
                      text = E_text[ids]   (E of 5 x 8)

                    decoder
                      x       = text
                      x       = layers of decoder, 1 of them
                      decoder = x

                    decoder, layer 0
                      x = LayerNorm(x + attention(x))

                      attention(x) = [head_1, .., head_2] W_output + b_output   (2 heads of 4)
                      Q            = x W_query + b_query
                      K            = x W_key + b_key
                      V            = x W_value + b_value
                      head         = softmax(S) V
                      S            = Q K^T / sqrt(4) + mask
                      mask         = 0 where Causal, else -infinity

                    next
                      next = decoder E_text^T   (the table of text)

                    objective
                      loss               = crossEntropy(next)
                      crossEntropy(next) = -mean(log softmax(next)[labels])   (over all real labels)

                    """
                        .trimIndent(),
                    "",
                )
        }

        "for a paper" {
            val lines = desk.heddle("equations", "tiny.model.kts", "--format", "latex").out.lines()
            lines.take(6) shouldBe
                listOf(
                    "% tiny; needs \\usepackage{amsmath}",
                    "",
                    "\\paragraph{text}",
                    "\\begin{align*}",
                    "  \\mathrm{text} &= E_{\\mathrm{text}}[\\mathrm{ids}] && \\text{E of 5 x 8}",
                    "\\end{align*}",
                )
            lines.single { it.startsWith("  S &=") } shouldBe
                "  S &= \\frac{Q \\, K^{\\top}}{\\sqrt{4}} + \\mathrm{mask} \\\\"
        }

        "in no other way" {
            desk.heddle("equations", "tiny.model.kts", "--format", "html") shouldBe
                Ran(2, "", "heddle: --format is text or latex, and not html.\n  See heddle equations --help.\n")
        }
    })
