package io.heddle.specs.data

import io.heddle.runtime.data.text.TextOrigin
import io.heddle.runtime.data.tokenizer.CharacterTokenizer
import io.heddle.runtime.data.tokenizer.Tokenizer
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.codepoints
import io.kotest.property.arbitrary.filter
import io.kotest.property.arbitrary.string
import io.kotest.property.checkAll

private val anyText = Arb.string(1..60, Arb.codepoints().filter { it.value !in 0xD800..0xDFFF })

class CharacterTokenizerSpec :
    StringSpec({
        "the vocabulary is the sorted characters of the text" {
            val tokenizer = CharacterTokenizer.of("hello\nyou")
            tokenizer.vocabularySize() shouldBe 7
            tokenizer.encode("\nehlouy") shouldBe intArrayOf(0, 1, 2, 3, 4, 5, 6)
        }

        "any Unicode text comes back whole, one token a character" {
            checkAll(anyText) { text ->
                val tokenizer = CharacterTokenizer.of(text)
                val ids = tokenizer.encode(text)
                ids.size shouldBe text.codePointCount(0, text.length)
                tokenizer.decode(ids) shouldBe text
            }
        }

        "saved and loaded, it is the same tokenizer" {
            checkAll(20, anyText) { text ->
                val folder = folder()
                val tokenizer = CharacterTokenizer.of(text)
                tokenizer.save(folder)
                Tokenizer.load(folder) shouldBe tokenizer
            }
        }

        "for sentences it has the tokens that pairs need, after the characters" {
            val tokenizer = CharacterTokenizer.ofSentences(listOf("no", "on"))
            tokenizer.vocabularySize() shouldBe 5
            tokenizer.encode("noon") shouldBe intArrayOf(0, 1, 1, 0)
            val special = tokenizer.specialIds()
            listOf(special.padding(), special.begin(), special.end()).map { it.asInt } shouldBe listOf(2, 3, 4)
            tokenizer.decode(intArrayOf(3, 0, 1, 4, 2)) shouldBe "no"
            val folder = folder()
            tokenizer.save(folder)
            Tokenizer.load(folder) shouldBe tokenizer
            (Tokenizer.load(folder) == CharacterTokenizer.of("no")) shouldBe false
        }

        "characters outside the vocabulary are told once each, with code point, line and column" {
            val tokenizer = CharacterTokenizer.of("abc \n")
            val origin = TextOrigin.startOf("poem.txt")
            refusal { tokenizer.encode("abc\n😀 cé\ncé\u00A0", origin) } shouldBe
                """
                poem.txt:2:1: '😀' (U+1F600) is not in the vocabulary
                  vocabulary = 5 characters: \n abc
                  Leave the character out, write it with characters of the vocabulary, or train on text that has it.

                poem.txt:2:4: 'é' (U+00E9) is not in the vocabulary
                  vocabulary = 5 characters: \n abc
                  Leave the character out, write it with characters of the vocabulary, or train on text that has it.

                poem.txt:3:3: U+00A0 is not in the vocabulary
                  vocabulary = 5 characters: \n abc
                  Leave the character out, write it with characters of the vocabulary, or train on text that has it.
                """
                    .trimIndent()
        }

        "a text in another script tells its first problems and counts the others" {
            val chinese = String(IntArray(500) { 0x4E00 + it }, 0, 500)
            val message = refusal { CharacterTokenizer.of("abc").encode(chinese) }
            message.lines().takeLast(2) shouldBe
                listOf("data: 480 more problems were found", "  Mend those above, then run again to see the others.")
        }

        "one problem too many is counted as one" {
            val chinese = String(IntArray(21) { 0x4E00 + it }, 0, 21)
            refusal { CharacterTokenizer.of("abc").encode(chinese) }.lines().takeLast(2) shouldBe
                listOf("data: 1 more problem was found", "  Mend those above, then run again to see the others.")
        }

        "a text without a character makes no vocabulary" {
            refusal { CharacterTokenizer.of("") } shouldBe
                "tokenizer: there are no characters to make a vocabulary of\n" +
                    "  Give the text that the model is to be trained on."
        }

        "a token outside the vocabulary cannot be decoded" {
            refusal { CharacterTokenizer.of("abc").decode(intArrayOf(0, 3)) } shouldBe
                """
                tokenizer: token 3 is outside the tokenizer's vocabulary
                  vocabulary = 3 tokens
                  Use the tokenizer that the model was trained with, or a model with tokens(vocab = 3).
                """
                    .trimIndent()
        }
    })
