package io.heddle.specs.files

import io.heddle.runtime.files.FileName
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeUnique
import io.kotest.matchers.collections.shouldNotContain
import io.kotest.matchers.ints.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe

class FileNameSpec :
    StringSpec({
        "a plain name stays as it is" {
            val plain = listOf("pre-norm", "warmup 500, learningRate 0.001", "optimizer AdamW(learningRate=0.001)")
            plain.map(FileName::of) shouldBe plain
        }

        "what some system would not take is written as in addresses" {
            listOf("a/b", "..", ".hidden", "the end.", "100%", "", "μP", "what?\n").map(FileName::of) shouldBe
                listOf("a%2Fb", "%2E%2E", "%2Ehidden", "the end%2E", "100%25", "%", "%CE%BCP", "what%3F%0A")
        }

        "a long name is cut, and names that begin alike stay apart" {
            val names = listOf("a", "b", "").map { "deep ".repeat(30) + it } + listOf("я".repeat(200), "я".repeat(201))
            val made = names.map(FileName::of)
            made.shouldBeUnique()
            made.forEach { it.length shouldBeLessThanOrEqual 120 }
            made.map { it.last() } shouldNotContain ' '
        }
    })
