package io.heddle.specs.data

import io.heddle.runtime.data.tokenizer.SpecialIds
import io.heddle.runtime.data.tokenizer.Tokenizer
import io.heddle.runtime.data.tokenizer.WordTokenizer
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import java.util.OptionalInt

class WordTokenizerSpec :
    StringSpec({
        val lines = listOf("b a b", "a  c\tb", "d <s> ä")

        "words come by falling frequency, equal ones by code point, after the special tokens" {
            val tokenizer = WordTokenizer.of(lines, 1)
            tokenizer.vocabularySize() shouldBe 9
            tokenizer.encode("b a c d ä") shouldBe intArrayOf(4, 5, 6, 7, 8)
            tokenizer.specialIds() shouldBe
                SpecialIds(OptionalInt.of(1), OptionalInt.of(2), OptionalInt.of(3), OptionalInt.of(0))
        }

        "words that are too rare are unknown" {
            val tokenizer = WordTokenizer.of(lines, 2)
            tokenizer.vocabularySize() shouldBe 6
            tokenizer.encode("a b c") shouldBe intArrayOf(5, 4, 0)
            tokenizer.decode(intArrayOf(2, 5, 4, 0, 3, 1, 1)) shouldBe "a b <unk>"
        }

        "a token alone is told as its word, and one that stands for no text by its name" {
            val tokenizer = WordTokenizer.of(lines, 2)
            listOf(2, 5, 0, 3, 1).map { tokenizer.piece(it) } shouldBe listOf("<s>", "a", "<unk>", "</s>", "<pad>")
        }

        "text cannot begin, end or pad a sentence" {
            WordTokenizer.of(lines, 1).encode("<s> a </s> <pad>") shouldBe intArrayOf(0, 5, 0, 0)
        }

        "no word frequent enough is a problem" {
            refusal { WordTokenizer.of(lines, 9) } shouldBe
                """
                tokenizer: no word comes 9 times or more in the training data
                  Give more text, or a smaller minimum frequency.
                """
                    .trimIndent()
        }

        "saved and loaded, it is the same tokenizer" {
            val folder = folder()
            val tokenizer = WordTokenizer.of(lines, 1)
            tokenizer.save(folder)
            Tokenizer.load(folder) shouldBe tokenizer
        }
    })
