package io.heddle.script.messages

import io.heddle.check.Problem
import java.nio.file.Path
import kotlin.io.path.name

/** What is told of files that are no descriptions. */
internal object FileMessages {
    /** @param near the description that may have been meant; null where none is like it */
    fun missing(file: Path, near: String?, beside: List<String>) =
        Problem(
            "$file",
            "there is no such file",
            when {
                near != null -> "Did you mean ${file.resolveSibling(near)}?"
                beside.isEmpty() -> "Its folder holds no description."
                else -> "Its folder holds ${beside.joinToString()}."
            },
        )

    fun folder(folder: Path, files: List<Path>) =
        Problem(
            "$folder",
            "this is a folder, not a file",
            if (files.isEmpty()) "It holds no description." else "Name one of its files: ${files.joinToString()}.",
        )

    fun otherEnding(file: Path, script: String, json: String): Problem {
        val plain = file.name.removeSuffix(".kts").removeSuffix(".kt")
        val mend =
            if (plain != file.name) "Rename it to ${file.resolveSibling(plain + script)}."
            else "A script in Heddle's language is NAME$script, and a model that was stored is NAME$json."
        return Problem("$file", "a description ends in $script or $json", mend)
    }

    fun tooLarge(file: Path) = Problem("$file", "this is too large for a description", "Is it the file you meant?")

    fun emptyScript(file: Path) =
        Problem("$file", "the file is empty", "A script may begin: val gpt = model(\"gpt\", width = 128) { ... }")

    fun emptyJson(file: Path) = Problem("$file", "the file is empty", "heddle json FILE.model.kts writes one.")

    fun unreadable(file: Path, reason: String) =
        Problem("$file", "it cannot be read: $reason", "Check that you may read it.")

    fun noText(file: Path) =
        Problem("$file", "this is not text", "A description is UTF-8 text. Is it the file you meant?")
}
