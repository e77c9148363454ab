package io.heddle.specs.data

import io.heddle.runtime.data.tokenizer.EndingTokenizer
import io.heddle.runtime.data.tokenizer.Tokenizer
import io.heddle.runtime.data.tokenizer.WordTokenizer
import io.heddle.specs.language.shouldRead
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

/** Rare words are known by their shape and their last letters. */
class EndingTokenizerSpec :
    StringSpec({
        val lines =
            listOf("the dog is running", "the cat is jumping , the end", "Berlin is 1984 , Tallinn is 2024 UN EU")
        val tokenizer = EndingTokenizer.of(lines, 2)

        fun told(text: String) = tokenizer.encode(text).joinToString(" ") { tokenizer.decode(intArrayOf(it)) }

        "words that are frequent enough have the ids of a tokenizer of words" {
            tokenizer.encode("the is ,") shouldBe WordTokenizer.of(lines, 2).encode("the is ,")
            tokenizer.encode("the is ,") shouldBe intArrayOf(5, 4, 6)
        }

        "other words are their shape and as many of the last three letters as two rare ones share" {
            told("running swimming") shouldBe "<letters:ing> <letters:ing>"
            told("dog long") shouldBe "<letters:g> <letters:ng>"
            told("house") shouldBe "<letters:>"
            told("Cologne Dublin") shouldBe "<Capital:> <Capital:n>"
            told("4 1024 NATO") shouldBe "<digits:4> <digits:4> <CAPITALS:>"
        }

        "a word that is known in small letters alone is read in small letters" {
            told("The THE Is") shouldBe "the the is"
            told("BERLIN Running") shouldBe "<CAPITALS:> <Capital:>"
            told("<LETTERS:ING>") shouldBe "<CAPITALS:>"
        }

        "a word that is known in small letters gives no ending" {
            val small = EndingTokenizer.of(listOf("walks walks Walks Talks"), 2)
            small.encode("walks Walks Talks Balks") shouldBe small.encode("walks walks <unk> <unk>")
            small.vocabularySize() shouldBe WordTokenizer.of(listOf("walks walks"), 2).vocabularySize()
        }

        "a shape that was never rare is unknown, and an ending in the text is no ending" {
            told("!") shouldBe "<unk>"
            told("<letters:ing>") shouldBe "<letters:>"
        }

        "saved and loaded, it is the same tokenizer" {
            val folder = folder()
            tokenizer.save(folder)
            Tokenizer.load(folder) shouldBe tokenizer
        }

        "its words are there once" {
            val folder = folder()
            val text =
                "{\"format\": \"heddle-tokenizer/1\", \"kind\": \"wordsAndEndings\", " +
                    "\"words\": [\"a\", \"a\"], \"endings\": []}"
            refusal(folder) { Tokenizer.load(folder.text("tokenizer.json", text)) } shouldRead
                """
                tokenizer.json $.words: a list without repeated words is expected here
                  Copy the file again from the checkpoint that the tokenizer came from.
                """
        }
    })
