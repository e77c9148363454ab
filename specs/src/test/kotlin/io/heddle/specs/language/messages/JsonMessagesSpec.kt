package io.heddle.specs.language.messages

import io.heddle.json.ModelJson
import io.heddle.specs.language.Models
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.kotest.core.spec.style.FunSpec
import java.nio.file.Path
import kotlin.io.path.createDirectory
import kotlin.io.path.createTempDirectory
import kotlin.io.path.div
import kotlin.io.path.writeBytes

/** What a reader of a file that holds no JSON is told, with its line and column. */
class JsonMessagesSpec :
    FunSpec({
        val tiny = ModelJson.write(Models.tiny())

        fun read(text: String) = told { ModelJson.read(text, "tiny.json") }

        fun changed(old: String, new: String): String {
            check(old in tiny) { "There is no $old in the document." }
            return read(tiny.replaceFirst(old, new))
        }

        context("a file") {
            fun inFolder(name: String, make: Path.() -> Unit): String {
                val folder = createTempDirectory()
                (folder / name).make()
                return told { ModelJson.read(folder / name) }
                    .replace("$folder/", "")
                    .also { folder.toFile().deleteRecursively() }
            }

            test("that is not there") {
                inFolder("nowhere.json") {} shouldRead
                    """
                nowhere.json: there is no such file
                  Check the name and the folder.
                """
            }
            test("that is a folder") {
                inFolder("folder.json") { createDirectory() } shouldRead
                    """
                folder.json: the file cannot be read
                  The system says: Is a directory. Check what it is, and whether you may read it.
                """
            }
            test("that is a picture") {
                inFolder("picture.json") { writeBytes(byteArrayOf(-119, 80, 78, 71)) } shouldRead
                    """
                    picture.json: this is not UTF-8 text
                      A JSON document is expected: { ... }
                    """
            }
        }

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
        test("longer than anything that was ever written") {
            read(" ".repeat((1 shl 24) + 1)) shouldRead
                """
            tiny.json: the document is too long
              At most 16777216 characters are read.
            """
        }
        test("a byte order mark") {
            read("\uFEFF$tiny") shouldRead
                """
            tiny.json:1:1: the file begins with a byte order mark
              Save it as plain UTF-8.
            """
        }
        test("something else") {
            read("val nmt = model()") shouldRead
                """
            tiny.json:1:1: this is not JSON
              Expected a value and found "val".
            """
        }
        test("a comma too many") {
            read("{\n  \"format\": \"heddle/1\",\n}") shouldRead
                """
            tiny.json:3:1: this is not JSON
              Expected a key in quotes and found "}".
            """
        }
        test("a comma too few") {
            read("{\"format\": \"heddle/1\" \"kind\"") shouldRead
                """
            tiny.json:1:23: this is not JSON
              Expected a comma or } and found "\"".
            """
        }
        test("a bracket of another kind") {
            read("[1}") shouldRead
                """
            tiny.json:1:3: this is not JSON
              Expected a comma or ] and found "}".
            """
        }
        test("an equals sign for a colon") {
            read("{\"format\" = \"heddle/1\"}") shouldRead
                """
            tiny.json:1:11: this is not JSON
              Expected a colon and found "=".
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
        test("a number that is none") {
            changed("\"gain\": 1.0", "\"gain\": NaN") shouldRead
                """
            tiny.json:16:19: this is not JSON
              Expected a value and found "NaN".
            """
        }
        test("a minus alone") {
            changed("\"width\": 8", "\"width\": -") shouldRead
                """
            tiny.json:5:12: this is not JSON
              Expected a number and found "-".
            """
        }
        test("a number with a leading zero") {
            changed("\"width\": 8", "\"width\": 08") shouldRead
                """
            tiny.json:5:12: this is not JSON
              Expected a number as JSON writes it and found "08".
            """
        }
        test("a word that JSON does not have") {
            changed("true", "truely") shouldRead
                """
            tiny.json:83:23: this is not JSON
              Expected a value and found "truely".
            """
        }
        test("a text that is not closed") {
            changed("\"tiny\"", "\"tiny") shouldRead
                """
            tiny.json:4:17: a text is not closed, or has a raw control character
              Close it with ", or write the character as \n or \u000a.
            """
        }
        test("half of a character") {
            changed("\"tiny\"", "\"\\ud83d\"") shouldRead
                """
            tiny.json:4:11: a text has half of a character
              A \ud800 to \udfff stands alone. Write both halves, or neither.
            """
        }
        test("a character written in a way of its own") {
            changed("\"tiny\"", "\"\\x41\"") shouldRead
                """
            tiny.json:4:13: this is not JSON
              Expected one of \" \\ \/ \b \f \n \r \t \u after the \ and found "x41".
            """
        }
        test("a character of too few digits") {
            changed("\"tiny\"", "\"\\u41\"") shouldRead
                """
            tiny.json:4:13: this is not JSON
              Expected four hexadecimal digits after \u and found "u41".
            """
        }
    })
