package io.heddle.specs.describe

import io.kotest.assertions.fail
import io.kotest.assertions.withClue
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.exists
import kotlin.io.path.readText
import kotlin.io.path.writeText

/**
 * Texts that were read by somebody and found right, in `specs/src/test/resources/golden`.
 *
 * `HEDDLE_GOLDEN=write mvn test -Dtest=ZooSpec -Dsurefire.failIfNoSpecifiedTests=false` writes them anew: read what
 * `git diff` shows then. Where `CI` is set, nothing is written.
 */
internal object GoldenTexts {
    private val folder: Path = Path.of("src", "test", "resources", "golden")
    private const val WRITE = "HEDDLE_GOLDEN=write"

    private val writes: Boolean
        get() = System.getenv("HEDDLE_GOLDEN") == "write"

    fun check(name: String, text: String) = check(folder.resolve(name), text)

    /** As [check] by name, for what stands elsewhere because others than specs use it. */
    fun check(file: Path, text: String) {
        if (writes) {
            if (System.getenv("CI") != null) fail("$WRITE has no place in CI: what it writes is to be read first.")
            file.parent.createDirectories()
            file.writeText(text)
        }
        if (!file.exists()) fail("There is no $file. $WRITE writes it.")
        withClue("$file is as it was; once the difference is meant, $WRITE writes it anew") {
            text shouldBe file.readText()
        }
    }
}
