package io.heddle.specs.language.messages

import io.heddle.json.JsonFormat
import io.heddle.json.ModelJson
import io.heddle.model.Model
import io.heddle.model.TokenInput
import io.heddle.rules.check
import io.heddle.specs.language.Models
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.shouldTell
import io.heddle.specs.language.told
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import kotlinx.serialization.builtins.MapSerializer
import kotlinx.serialization.builtins.serializer

/** What a reader of JSON that is no model is told, with its JSON path, what was expected and what was found. */
class DocumentMessagesSpec :
    FunSpec({
        val tiny = ModelJson.write(Models.tiny())

        fun read(text: String) = told { ModelJson.read(text, "tiny.json") }

        fun changed(vararg changes: Pair<String, String>): String =
            changes.fold(tiny) { text, (old, new) ->
                check(old in text) { "There is no $old in the document." }
                text.replaceFirst(old, new)
            }

        context("a document of another kind says so") {
            test("of a later Heddle") {
                read(changed("heddle/1" to "heddle/2")) shouldRead
                    """
                    tiny.json: $.format: it was written by a Heddle that came later
                      It has the format "heddle/2", and this Heddle reads heddle/1. Use a newer Heddle.
                    """
            }
            test("of another program") {
                read("{\"name\": \"left-pad\", \"version\": \"1.0.0\"}") shouldRead
                    """
                    tiny.json: $.format: this is no Heddle document
                      It would say what it is: {"format": "heddle/1", "kind": "model", ...}
                    """
            }
            test("of a format that there never was") {
                read(changed("heddle/1" to "heddle/1.0")) shouldRead
                    """
                    tiny.json: $.format: "heddle/1.0" is not a format of Heddle
                      This Heddle reads heddle/1.
                    """
            }
            test("of no kind") {
                read(changed("\"kind\": \"model\"," to "")) shouldRead
                    """
                tiny.json: $.kind: this is no model
                  The document does not say what it holds, and "kind": "model" is expected.
                """
            }
            test("a list") {
                read("[1, 2]") shouldRead
                    """
                tiny.json: $: this is no Heddle document
                  An object is expected: {"format": "heddle/1", ...}
                """
            }
            test("said twice") {
                read(changed("\"kind\": \"model\"," to "\"kind\": \"model\",\n\"kind\": \"recipe\",")) shouldRead
                    """
                    tiny.json: $.kind: the key stands here 2 times
                      kind = "model"   tiny.json:3
                      kind = "recipe"  tiny.json:4
                      Keep one.
                    """
            }
            test("a recipe") {
                read(changed("\"kind\": \"model\"" to "\"kind\": \"recipe\"")) shouldRead
                    """
                    tiny.json: $.kind: this is no model
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
            test("more parts than can be listed") {
                val part = "\"parts\": ["
                val many = tiny.substringAfter(part).substringBefore("\n          ]") + ","
                read(changed(part to part + many.repeat(12), "\"times\": 1" to "\"times\": 9000")) shouldRead
                    """
                    tiny.json: $.components[1].layers[0].times: there are too many parts
                      times = 9000  tiny.json:48
                      All layers together may have 100000.
                    """
            }
            test("more in a list than it may have") {
                read(changed("\"frozen\": []" to "\"frozen\": [${"\"a\", ".repeat(256)}\"a\"]")) shouldRead
                    """
                    tiny.json: $.frozen: the list is too long
                      frozen = [...]  tiny.json:184
                      At most 256 are read.
                    """
            }
            test("a text that is longer than a page") {
                read(changed("\"name\": \"tiny\"" to "\"name\": \"${"a".repeat(1_001)}\"")) shouldRead
                    """
                    tiny.json: $.name: the text is too long
                      name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa..."  tiny.json:4
                      At most 1000 characters are read.
                    """
            }
            test("a key of a type that has none") {
                read(changed("\"type\": \"causal\"" to "\"type\": \"causal\", \"window\": 3")) shouldRead
                    """
                    tiny.json: $.components[1].layers[0].parts[0].mask.window: the key is unknown
                      "window" = 3  tiny.json:58
                      No key belongs here but "type".
                    """
            }
            test("a value of another kind") {
                read(
                    changed(
                        "\"name\": \"tiny\"" to "\"name\": 7",
                        "\"components\": [" to "\"components\": null, \"x\": [",
                        "\"objectives\": [" to "\"objectives\": [3, ",
                        "\"frozen\": []" to "\"frozen\": {}",
                    )
                ) shouldRead
                    """
                    tiny.json: $.x: the key is unknown
                      "x" = [...]  tiny.json:6
                      Known are "name", "width", "components", "objectives", "frozen".

                    tiny.json: $.name: not a text in quotes
                      name = 7  tiny.json:4
                      Write a text in quotes.

                    tiny.json: $.components: not a list
                      components = null  tiny.json:6
                      Write a list, as in [ ... ].

                    tiny.json: $.objectives[0]: not an object with a type
                      objectives[0] = 3  tiny.json:175
                      Write an object with a type, as in {"type": ... }.

                    tiny.json: $.frozen: not a list
                      frozen = {}  tiny.json:184
                      Write a list, as in [ ... ].
                    """
            }
            test("a truth, a number and an object that are none") {
                read(
                    changed(
                        "\"gain\": 1.0" to "\"gain\": \"1.0\"",
                        "\"bias\": true" to "\"bias\": 1",
                        "\"transform\": {" to "\"transform\": [], \"was\": {",
                    )
                ) shouldRead
                    """
                    tiny.json: $.components[0].table.initializer.gain: not a number
                      gain = "1.0"  tiny.json:16
                      Write a number, as in 0.5.

                    tiny.json: $.components[1].layers[0].parts[0].bias: not true or false
                      bias = 1  tiny.json:83
                      Write true or false.

                    tiny.json: $.components[2].was: the key is unknown
                      "was" = {...}  tiny.json:153
                      Known are "name", "input", "vocabulary", "table", "transform", "scale", "cap", "bias", "copying", "structure".

                    tiny.json: $.components[2].transform: not an object
                      transform = []  tiny.json:153
                      Write an object, as in { ... }.
                    """
            }
            test("a character that is several, in a document of another program's") {
                val letters = JsonFormat("letters", MapSerializer(String.serializer(), Char.serializer()))
                told {
                    letters.read("{\"format\": \"heddle/1\", \"kind\": \"letters\", \"first\": \"ab\"}", "letters.json")
                } shouldRead
                    """
                    letters.json: $.first: not one character in quotes
                      first = "ab"  letters.json:1
                      Write one character in quotes.
                    """
            }
            test("a list is missing, and whatever else may be") {
                read("{\"format\": \"heddle/1\", \"kind\": \"model\"}") shouldRead
                    """
                    tiny.json: $.name: the key is missing
                      object = {...}  tiny.json:1
                      Add "name": a text in quotes.

                    tiny.json: $.width: the key is missing
                      object = {...}  tiny.json:1
                      Add "width": a whole number, as in 8.

                    tiny.json: $.components: the key is missing
                      object = {...}  tiny.json:1
                      Add "components": a list, as in [ ... ].

                    tiny.json: $.objectives: the key is missing
                      object = {...}  tiny.json:1
                      Add "objectives": a list, as in [ ... ].

                    tiny.json: $.frozen: the key is missing
                      object = {...}  tiny.json:1
                      Add "frozen": a list, as in [ ... ].
                    """
                read(
                    changed(
                        "\"bias\": true" to "\"was\": true",
                        "\"transform\": {" to "\"then\": {",
                        "\"gain\": 1.0," to "",
                        "\"table\": {" to "\"tables\": {",
                        "\"gate\": \"none\"," to "",
                    )
                ) shouldRead
                    """
                    tiny.json: $.components[0].tables: the key is unknown
                      "tables" = {...}  tiny.json:12
                      Did you mean "table"? Known are "name", "vocabulary", "width", "table", "tableWidth", "scale", "position", "segments", "norm", "dropout", "projection".

                    tiny.json: $.components[1].layers[0].parts[0].was: the key is unknown
                      "was" = true  tiny.json:83
                      Known are "name", "heads", "keyValueHeads", "headWidth", "valueWidth", "mask", "method", "content", "rotary", "relative", "scale", "cap", "headNorm", "mixing", "memory", "globals", "dropout", "bias", "initializer", "weights".

                    tiny.json: $.components[1].layers[0].parts[0].bias: the key is missing
                      object = {...}  tiny.json:50
                      Add "bias": true or false.

                    tiny.json: $.components[1].layers[0].parts[2].gate: the key is missing
                      object = {...}  tiny.json:106
                      Add "gate": one of "none", "gated".

                    tiny.json: $.components[2].then: the key is unknown
                      "then" = {...}  tiny.json:153
                      Known are "name", "input", "vocabulary", "table", "transform", "scale", "cap", "bias", "copying", "structure".

                    tiny.json: $.components[2].transform: the key is missing
                      object = {...}  tiny.json:144
                      Add "transform": an object, as in { ... }.
                    """
            }
            test("very much at once") {
                val layer = "{\"times\": 0, \"parts\": []}"
                val stack = "\"layers\": [" + List(60) { layer }.joinToString() + "], \"was\": ["
                read(changed("\"layers\": [" to stack)).lines().takeLast(2).joinToString("\n") shouldRead
                    """
                    tiny.json: there are 10 more problems
                      Mend the ones above first.
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

        test("a number that is none, and half of a character, cannot be written") {
            val text = Models.tiny().components.first() as TokenInput
            told {
                ModelJson.write(Model("odd", 8, listOf(text.copy(dropout = Double.NaN)), emptyList(), emptyList()))
            } shouldRead
                """
                model: it cannot be written as JSON
                  It has a number that is infinite or not a number.
                """
            told { ModelJson.write(Model("\ud83d", 8, listOf(text), emptyList(), emptyList())) } shouldRead
                """
                model: it cannot be written as JSON
                  It has a text with half of a character.
                """
        }

        test("an error in the model's rules does not depend on where the model came from") {
            val read = ModelJson.read(ModelJson.write(Models.tiny()), "tiny.json")
            read.check() shouldContainExactly Models.tiny().check()
        }
    })
