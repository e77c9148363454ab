package io.heddle.specs.language

import io.heddle.json.ModelJson
import io.heddle.model.Model
import io.heddle.model.TokenInput
import io.heddle.rules.check
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import java.nio.file.Files
import kotlin.io.path.deleteExisting
import kotlin.io.path.writeBytes

/** What a reader of a wrong document is told, whole. */
class JsonMessagesSpec :
    FunSpec({
        val tiny = ModelJson.write(Models.tiny())

        fun read(text: String) = told { ModelJson.read(text, "tiny.json") }

        fun changed(vararg changes: Pair<String, String>): String =
            changes.fold(tiny) { text, (old, new) ->
                check(old in text) { "There is no $old in the document." }
                text.replaceFirst(old, new)
            }

        context("a document that is not JSON tells its line and column") {
            test("cut off") {
                read(tiny.take(300)) shouldRead
                    """
                    tiny.json:16:13: the document ends too early
                      It seems to be cut off. Take it again from where it came.
                    """
            }
            test("empty") {
                read(" \n") shouldRead
                    """
                    tiny.json: the file is empty
                      A JSON document is expected: { ... }
                    """
            }
            test("something else") {
                read("val nmt = model()") shouldRead
                    """
                    tiny.json:1:1: this is not JSON
                      Expected a value and found "v".
                    """
            }
            test("a comma too many") {
                read("{\n  \"format\": \"heddle/1\",\n}") shouldRead
                    """
                    tiny.json:3:1: this is not JSON
                      Expected a key in quotes and found "}".
                    """
            }
            test("text after the end") {
                read("$tiny{}") shouldRead
                    """
                    tiny.json:186:1: there is more after the end of the document
                      Found "{". Remove what follows the last bracket.
                    """
            }
            test("nested very deeply") {
                read("[".repeat(100_000)) shouldRead
                    """
                    tiny.json:1:65: it is nested too deeply
                      At most 64 brackets may be open at once.
                    """
            }
            test("not a number") {
                read(changed("\"gain\": 1.0" to "\"gain\": NaN")) shouldRead
                    """
                    tiny.json:16:19: this is not JSON
                      Expected a value and found "N".
                    """
            }
            test("a number with a leading zero") {
                read(changed("\"width\": 8" to "\"width\": 08")) shouldRead
                    """
                    tiny.json:5:12: this is not JSON
                      Expected a number as JSON writes it and found "0".
                    """
            }
            test("half of a character") {
                read(changed("\"tiny\"" to "\"\\ud83d\"")) shouldRead
                    """
                    tiny.json:4:11: a text has half of a character
                      A \ud800 to \udfff stands alone. Write both halves, or neither.
                    """
            }
            test("a byte order mark") {
                read("\uFEFF$tiny") shouldRead
                    """
                    tiny.json:1:1: the file begins with a byte order mark
                      Save it as plain UTF-8.
                    """
            }
            test("a picture") {
                val file = Files.createTempFile("picture", ".json").apply { writeBytes(byteArrayOf(-119, 80, 78, 71)) }
                told { ModelJson.read(file) }.replace("$file", "picture.json") shouldRead
                    """
                    picture.json: this is not UTF-8 text
                      A JSON document is expected: { ... }
                    """
                file.deleteExisting()
            }
        }

        context("a document of another kind says so") {
            test("of a later Heddle") {
                read(changed("heddle/1" to "heddle/2")) shouldRead
                    """
                    tiny.json: it was written by a Heddle that came later
                      It has the format "heddle/2", and this Heddle reads heddle/1. Use a newer Heddle.
                    """
            }
            test("of another program") {
                read("{\"name\": \"left-pad\", \"version\": \"1.0.0\"}") shouldRead
                    """
                    tiny.json: this is no Heddle document
                      It would say what it is: {"format": "heddle/1", "kind": "model", ...}
                    """
            }
            test("a recipe") {
                read(changed("\"kind\": \"model\"" to "\"kind\": \"recipe\"")) shouldRead
                    """
                    tiny.json: this is no model
                      The document holds a "recipe", and "kind": "model" is expected.
                    """
            }
        }

        context("a value that does not fit is told by its JSON path, with what was expected and what was found") {
            test("a misspelled key") {
                read(changed("\"heads\"" to "\"haeds\"")) shouldRead
                    """
                    tiny.json: $.components[1].layers[0].parts[0].haeds: the key is unknown
                      "haeds" = 2  tiny.json:53
                      Did you mean "heads"? Known are "name", "heads", "keyValueHeads", "headWidth", "valueWidth", "mask", "method", "content", "rotary", "relative", "scale", "cap", "headNorm", "mixing", "memory", "globals", "dropout", "bias", "initializer", "weights".
                    """
            }
            test("a key too many") {
                read(changed("\"bias\": false" to "\"bias\": false,\n \"flavour\": [1]")) shouldRead
                    """
                    tiny.json: $.components[2].flavour: the key is unknown
                      "flavour" = [...]  tiny.json:167
                      Known are "name", "input", "vocabulary", "table", "transform", "scale", "cap", "bias", "copying", "structure".
                    """
            }
            test("a missing key") {
                read(changed("\"hidden\": 16," to "")) shouldRead
                    """
                    tiny.json: $.components[1].layers[0].parts[2].hidden: the key is missing
                      object = {...}  tiny.json:106
                      Add "hidden": a whole number, as in 8.
                    """
            }
            test("a key that stands there twice") {
                read(changed("\"hidden\": 16," to "\"hidden\": 16,\n\"hidden\": 32,")) shouldRead
                    """
                    tiny.json: $.components[1].layers[0].parts[2].hidden: the key stands here 2 times
                      hidden = 16  tiny.json:109
                      hidden = 32  tiny.json:110
                      Keep one.
                    """
            }
            test("a text for a number, a fraction for a whole number, a number out of range") {
                read(
                    changed(
                        "\"width\": 8" to "\"width\": \"wide\"",
                        "\"heads\": 2" to "\"heads\": 2.5",
                        "\"hidden\": 16" to "\"hidden\": 4294967296",
                    )
                ) shouldRead
                    """
                    tiny.json: $.width: not a whole number
                      width = "wide"  tiny.json:5
                      Write a whole number, as in 8.

                    tiny.json: $.components[1].layers[0].parts[0].heads: not a whole number
                      heads = 2.5  tiny.json:53
                      Write a whole number, as in 8.

                    tiny.json: $.components[1].layers[0].parts[2].hidden: out of range
                      hidden = 4294967296  tiny.json:109
                      Write one between -2147483648 and 2147483647.
                    """
            }
            test("an infinite number") {
                read(changed("\"gain\": 1.0" to "\"gain\": 1e999")) shouldRead
                    """
                    tiny.json: $.components[0].table.initializer.gain: out of range
                      gain = 1e999  tiny.json:16
                      It is too large for a computer's numbers.
                    """
            }
            test("an unknown type and an unknown choice") {
                read(
                    changed("\"type\": \"relu\"" to "\"type\": \"rleu\"", "\"gate\": \"none\"" to "\"gate\": \"open\"")
                ) shouldRead
                    """
                    tiny.json: $.components[1].layers[0].parts[2].activation.type: there is no such type
                      type = "rleu"  tiny.json:111
                      Did you mean "relu"? Known are "elu", "gelu", "geluTanh", "identity", "quickGelu", "relu", "sigmoid", "silu", "softplus", "squaredRelu", "tanh".

                    tiny.json: $.components[1].layers[0].parts[2].gate: there is no such gate
                      gate = "open"  tiny.json:113
                      Known are "none", "gated".
                    """
            }
            test("a missing type, and a value where an object belongs") {
                read(
                    changed(
                        "\"type\": \"causal\"" to "",
                        "\"type\": \"tied\",\n        \"input\": \"text\"" to "\"type\": 7",
                    )
                ) shouldRead
                    """
                    tiny.json: $.components[1].layers[0].parts[0].mask.type: the key is missing
                      object = {...}  tiny.json:57
                      Add "type": one of "and", "blocks", "causal", "everything", "given", "global", "not", "or", "perHead", "random", "self", "window", "windows2d".

                    tiny.json: $.components[2].table.type: there is no such type
                      type = 7  tiny.json:150
                      Known are "adaptive", "own", "tied".
                    """
            }
            test("layers that are there no times, or more often than can be listed") {
                read(changed("\"times\": 1" to "\"times\": 0")) shouldRead
                    """
                    tiny.json: $.components[1].layers[0].times: a layer is there at least once
                      times = 0  tiny.json:48
                      Write 1 or more, or leave the layer out.
                    """
                read(changed("\"times\": 1" to "\"times\": 2000000000")) shouldRead
                    """
                    tiny.json: $.components[1].layers[0].times: there are too many layers
                      times = 2000000000  tiny.json:48
                      All stacks together may have 10000.
                    """
            }
            test("control characters and long texts do not reach the terminal") {
                read(changed("\"type\": \"relu\"" to "\"type\": \"\\u001b[31m${"long".repeat(99)}\"")) shouldRead
                    """
                    tiny.json: $.components[1].layers[0].parts[2].activation.type: there is no such type
                      type = "?[31mlonglonglonglonglonglonglonglonglon..."  tiny.json:111
                      Known are "elu", "gelu", "geluTanh", "identity", "quickGelu", "relu", "sigmoid", "silu", "softplus", "squaredRelu", "tanh".
                    """
            }
        }

        test("a model that is read but does not fit together is told by its JSON paths") {
            val text = changed("\"keyValueHeads\": 2" to "\"keyValueHeads\": 3", "\"hidden\": 16" to "\"hidden\": -16")
            ModelJson.read(text, "tiny.json") shouldTell
                """
                decoder/0/attention: heads of keys and values do not divide heads
                  heads = 2           from $.components[1].layers[0].parts[0]  tiny.json:50
                  keyValueHeads = 3   from $.components[1].layers[0].parts[0]  tiny.json:50
                  Each head of keys and values serves the same number of query heads. Try keyValueHeads = 2.

                decoder/0/feedForward: hidden is not positive
                  hidden = -16   from $.components[1].layers[0].parts[2]  tiny.json:106
                  Say 1 or more.
                """
        }

        test("a number that is none cannot be written") {
            val text = Models.tiny().components.first() as TokenInput
            told {
                ModelJson.write(Model("odd", 8, listOf(text.copy(dropout = Double.NaN)), emptyList(), emptyList()))
            } shouldRead
                """
                model: it cannot be written as JSON
                  It has a number that is infinite or not a number.
                """
        }

        test("an error in the model's rules does not depend on where the model came from") {
            val read = ModelJson.read(ModelJson.write(Models.tiny()), "tiny.json")
            read.check() shouldContainExactly Models.tiny().check()
        }
    })
