package io.heddle.specs.cli

import io.heddle.specs.huggingface.huggingFaceFolder
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldEndWith
import io.kotest.matchers.string.shouldMatch
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Path
import javax.xml.parsers.DocumentBuilderFactory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.w3c.dom.Element

/** What a trained model looks at is told, drawn, and written for other programs. */
class AttentionVerbSpec :
    StringSpec({
        val desk = autoClose(Desk())
        desk.file("letters.txt", "abcd\n".repeat(200))
        desk.file("films.tsv", "fine <fine> film\tgood\nbad film\tbad\n".repeat(20))
        fun train(name: String, script: String) {
            desk.file("$name.model.kts", script)
            desk.heddle("train", "$name.model.kts", "--out", "./$name").status shouldBe 0
        }
        train(
            "tiny",
            """
            val tiny = model("tiny", width = 8) {
                val text by tokens(vocab = 5) { learnedPositions(6) }
                val decoder by stack(text, layers = 2) {
                    attention(heads = 2) { causal() }
                    addNorm()
                }
                val next by logits(decoder, tiedTo = text)
            }
            val training = recipe(text("letters.txt", context = 4), steps = 4) { batch(2) }
            """
                .trimIndent(),
        )
        train(
            "back",
            """
            val back = model("back", width = 8) {
                val source by tokens(vocab = 9)
                val target by tokens(tiedTo = source)
                val encoder by stack(source, layers = 1) { attention(heads = 2) { kernel = EluPlusOne }; addNorm() }
                val decoder by stack(target, layers = 1) {
                    attention(heads = 2) { causal() }
                    addNorm()
                    crossAttention(from = encoder)
                    addNorm()
                }
                val next by logits(decoder, tiedTo = target)
            }
            val training = recipe(reverseTask(pairs = 50, validationPairs = 4, maximumLength = 4, symbols = 5), steps = 2)
            """
                .trimIndent(),
        )
        train(
            "films",
            """
            val films = model("films", width = 8) {
                val text by tokens(vocab = 9)
                val encoder by stack(text, layers = 1) {
                    attention(heads = 2)
                    addNorm()
                }
                val label by classify(encoder, Mean, classes = 2)
            }
            val data = labelledTexts("films.tsv", "films.tsv", listOf("bad", "good"))
            val training = recipe(data, steps = 4) { batch(8) }
            """
                .trimIndent(),
        )

        fun attend(folder: String, text: String, vararg more: String) =
            desk.heddle("attention", "./$folder", "--text", text, *more)

        fun done(folder: String, text: String, vararg more: String) =
            attend(folder, text, *more).also { it.status shouldBe 0 }

        fun numbers(folder: String, text: String, vararg more: String): List<JsonObject> {
            done(folder, text, *more, "--out", "numbers.json")
            val read = Json.parseToJsonElement(desk.folder.resolve("numbers.json").readText()).jsonObject
            return read.getValue("attentions").jsonArray.map { it.jsonObject }
        }

        fun wrong(message: String) = Ran(2, "", "heddle: $message\n  See heddle attention --help.\n")

        val origin = "from \$.components[2].layers[0].parts[0]  back/checkpoint/model.json:73"
        val none =
            "encoder/0/attention: this attention has no weights to show\n  method = kernel   $origin\n" +
                "  kernel sums keys times values before any query, so that no query weighs a key. Choose another.\n"

        "what each token gives most to, in each head" {
            done("tiny", "abc").out shouldMatch
                Regex(
                    (0..1).joinToString("\n") { layer ->
                        """
                        decoder/$layer/attention, queries \(text\) by keys \(text\): the largest weight of each row
                         {16}head 0 {10}head 1
                          a {13}1\.00 a {10}1\.00 a
                          b {13}0\.\d\d [ab] {10}0\.\d\d [ab]
                          c {13}0\.\d\d [abc] {10}0\.\d\d [abc]

                        """
                            .trimIndent()
                    }
                )
        }

        "chosen paths, each once, in the order in which they are asked for" {
            fun paths(vararg more: String) =
                numbers("tiny", "abc", *more).map { it.getValue("path").jsonPrimitive.content }
            paths("--path", "decoder/1") shouldContainExactly listOf("decoder/1/attention")
            paths("--path", "decoder/1", "--path", "*/*/attention") shouldContainExactly
                listOf("decoder/1/attention", "decoder/0/attention")
        }

        "rows of weights sum to 1, and nothing is given to later tokens" {
            numbers("tiny", "abca").forEach { one ->
                one.tokens("queries") shouldBe listOf("a", "b", "c", "a")
                one.tokens("keys") shouldBe listOf("a", "b", "c", "a")
                one.heads().size shouldBe 2
                one.heads().values.forEach { rows ->
                    rows.forEachIndexed { query, row ->
                        row.sum() shouldBe (1.0 plusOrMinus 1e-5)
                        row.drop(query + 1).forEach { it shouldBe 0.0 }
                    }
                }
            }
        }

        "the same numbers on both backends, and with tables" {
            val cpu = numbers("tiny", "abca")
            val portable = numbers("tiny", "abca", "--backend", "portable")
            done("tiny", "abca", "--out", "numbers.csv")
            val lines = desk.folder.resolve("numbers.csv").readText().split("\r\n")
            lines.first() shouldBe "path,head,query,query_token,key,key_token,weight"
            val all = cpu.flatMap { one -> one.heads().values.flatten().flatten() }
            val other = portable.flatMap { one -> one.heads().values.flatten().flatten() }
            val table = lines.drop(1).dropLast(1).map { it.substringAfterLast(',').toDouble() }
            table shouldBe all
            all.indices.forEach { all[it] shouldBe (other[it] plusOrMinus 1e-5) }
        }

        "one head alone" {
            numbers("tiny", "ab", "--head", "1").forEach { it.heads().keys shouldBe setOf(1) }
            attend("tiny", "ab", "--head", "2") shouldBe wrong("--head 2: decoder/0/attention has heads 0 to 1.")
        }

        "a translation looks at its source, which ends, and its target begins" {
            val (cross) = numbers("back", "1 2 3", "--target", "3 2 1", "--path", "**/crossAttention")
            cross.tokens("queries") shouldBe listOf("<s>", "3", "2", "1")
            cross.tokens("keys") shouldBe listOf("1", "2", "3", "</s>")
        }

        "without a target, the model reads what it would write" {
            val written = desk.heddle("generate", "./back", "--prompt", "1 2 3", "--greedy").out.trim()
            val (cross) = numbers("back", "1 2 3", "--path", "**/crossAttention")
            val read = cross.tokens("queries")
            read.first() shouldBe "<s>"
            (written + " ") shouldStartWith read.drop(1).filterNot { it.startsWith("<") }.joinToString("") { "$it " }
        }

        "an attention without weights says why, and keeps the others from nothing" {
            val ran = done("back", "1 2 3", "--target", "3")
            ran.err shouldBe none
            ran.out.lines().filter { it.startsWith("decoder/") }.map { it.substringBefore(',') } shouldContainExactly
                listOf("decoder/0/attention", "decoder/0/crossAttention")
            attend("back", "1 2 3", "--path", "encoder") shouldBe Ran(1, "", none)
        }

        "a model that says labels of texts" {
            numbers("films", "fine film").single().tokens("keys") shouldBe listOf("fine", "film")
        }

        "a heat map has a panel a head, the tokens on both axes, and is drawn alike each time" {
            done("tiny", "abc", "--path", "decoder/1", "--out", "one.svg")
            done("tiny", "abc", "--path", "decoder/1", "--out", "two.svg")
            val svg = desk.folder.resolve("one.svg")
            svg.readText() shouldBe desk.folder.resolve("two.svg").readText()
            val drawn = elements(svg)
            drawn.count { it.tagName == "image" } shouldBe 2
            val words = drawn.filter { it.tagName == "text" }.map { it.textContent.trim() }
            listOf("decoder/1/attention", "tiny", "head 0", "head 1", "queries (text)", "keys (text)", "weight")
                .forEach { words.count { word -> word == it } shouldBe 1 }
            words.count { it == "b" } shouldBe 3 // one row of queries, and keys below each panel
        }

        "a folder has a picture for each, and a page all of them" {
            done("tiny", "abc", "--out", "./pictures/inside")
            desk.folder.resolve("pictures/inside").listDirectoryEntries().map { it.name }.sorted() shouldBe
                listOf("decoder-0-attention.svg", "decoder-1-attention.svg")
            done("films", "fine <fine> film", "--out", "page.html")
            val page = desk.folder.resolve("page.html").readText()
            page shouldContain "<pre>fine &lt;fine&gt; film</pre>"
            page shouldContain "<figure id=\"encoder/0/attention\">\n<svg "
            page shouldEndWith "</html>\n"
            done("tiny", "abc", "--out", "all.html")
            val names =
                Regex(" id=\"([^\"]+)\"").findAll(desk.folder.resolve("all.html").readText()).map { it.groupValues[1] }
            names.toList().let { it.distinct() shouldBe it }
        }

        "what a command line gets wrong" {
            attend("tiny", "abc", "--out", "x.svg") shouldBe
                wrong(
                    "--out: an .svg shows one attention, and 2 were chosen. " +
                        "Say --path, or --out with a folder or an .html."
                )
            attend("tiny", "abc", "--out", "x.png") shouldBe
                wrong("--out: 'x.png' is none of .svg, .html, .json, .csv, and no folder.")
            attend("tiny", "abc", "--target", "a") shouldBe
                wrong("--target is for models that read a source, and this one reads --text alone.")
            attend("tiny", "abc", "--path", "decoder/2") shouldBe
                Ran(
                    1,
                    "",
                    "tiny: no attention is at \"decoder/2\"\n" +
                        "  attentions = decoder/0/attention, decoder/1/attention\n" +
                        "  Write the path of an attention, or a pattern: * is any word, ** any number of words.\n",
                )
        }

        "a text that cannot be read" {
            attend("tiny", "") shouldBe
                Ran(1, "", "--text: there is nothing to read\n  Give a text of one token or more.\n")
            attend("tiny", "abcdabcd").err shouldStartWith "text: the text is longer than the model has positions\n"
            huggingFaceFolder("vit_cls", desk.folder.resolve("vit"))
            desk.heddle("import", "./vit", "--out", "./pixels").status shouldBe 0
            attend("pixels", "abc").err shouldContain
                "which input the text is for is not known\n  inputs of tokens = none\n" +
                    "  Attentions are recorded of models that read one text, or a source and what is written from it.\n"
        }
    })

private fun JsonObject.tokens(axis: String): List<String> =
    getValue(axis).jsonObject.getValue("tokens").jsonArray.map { it.jsonPrimitive.content }

/** The rows of each head, by its number. */
private fun JsonObject.heads(): Map<Int, List<List<Double>>> =
    getValue("heads").jsonArray.associate { head ->
        val rows = head.jsonObject.getValue("weights").jsonArray
        head.jsonObject.getValue("head").jsonPrimitive.content.toInt() to
            rows.map { row -> (row as JsonArray).map { it.jsonPrimitive.double } }
    }

/** All elements of a picture, which is sound XML. */
private fun elements(svg: Path): List<Element> {
    val all = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile()).getElementsByTagName("*")
    return List(all.length) { all.item(it) as Element }
}
