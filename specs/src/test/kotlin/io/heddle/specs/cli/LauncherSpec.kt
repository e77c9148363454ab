package io.heddle.specs.cli

import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.copyTo
import kotlin.io.path.createDirectories
import kotlin.io.path.exists
import kotlin.io.path.writeText

/** The script `heddle` runs what was built from the folder it stands in, on the JDK that was named. */
class LauncherSpec :
    StringSpec({
        val jdk = System.getProperty("java.home")

        /** A clone in which nothing is left to build. */
        fun clone(classpath: (Path) -> String): Path {
            val folder = tempdir().toPath().toRealPath()
            val launcher = folder.resolve("heddle")
            generateSequence(Path.of("").toAbsolutePath()) { it.parent }
                .map { it.resolve("heddle") }
                .first { Files.isRegularFile(it) }
                .copyTo(launcher)
            launcher.toFile().setExecutable(true)
            folder.resolve(".heddle/jars-1").createDirectories().resolve("heddle.jar").writeText("")
            folder.resolve(".heddle/classpath").writeText(classpath(folder))
            return folder
        }

        /** A PATH with all that the script needs but for Maven, so that it says when it wants to build. */
        val tools =
            tempdir().toPath().also { folder ->
                for (tool in
                    listOf("sh", "readlink", "dirname", "cat", "sed", "find", "head", "mkdir", "rm", "mkfifo")) {
                    val place = listOf("/bin", "/usr/bin").map { Path.of(it, tool) }.first { it.exists() }
                    Files.createSymbolicLink(folder.resolve(tool), place)
                }
            }

        fun run(folder: Path, java: String): Ran {
            val builder = ProcessBuilder(folder.resolve("heddle").toString(), "--version")
            builder.environment()["PATH"] = tools.toString()
            builder.environment()["HEDDLE_JAVA_HOME"] = java
            val process = builder.start()
            process.outputStream.close()
            val err = process.errorReader().readText()
            val out = process.inputReader().readText()
            process.waitFor(1, TimeUnit.MINUTES)
            return Ran(process.exitValue(), out, err.replace("$folder", "."))
        }

        val wouldBuild = Ran(1, "", "heddle needs Maven (mvn) to build itself: install it, 3.8 or newer.\n")

        "a folder that was copied builds anew, instead of running what its original has built" {
            val original = clone { "$it/.heddle/jars-1/heddle.jar:" }
            run(clone { "$original/.heddle/jars-1/heddle.jar:" }, jdk) shouldBe wouldBuild
        }

        "so does one whose jars are gone" {
            run(clone { "$it/.heddle/jars-1/heddle.jar:$it/gone.jar" }, jdk) shouldBe wouldBuild
        }

        "what was built here is run" {
            val ran = run(clone { "$it/.heddle/jars-1/heddle.jar:" }, jdk)
            ran.err.lines().first() shouldBe "Error: Could not find or load main class io.heddle.cli.Heddle"
        }

        "what was kept to start sooner, and is broken, is left out without a word" {
            val folder = clone { "$it/.heddle/jars-1/heddle.jar:" }
            val whole = run(folder, jdk)
            folder.resolve(".heddle/jars-1/start.aot").writeText("no cache")
            folder.resolve(".heddle/jars-1/start.jdk").writeText(jdk)
            run(folder, jdk) shouldBe whole
            folder.resolve(".heddle/jars-1/start.jdk").writeText("another JDK")
            run(folder, jdk) shouldBe whole
        }

        "a JDK that was named on purpose and is none, or too old" {
            val folder = clone { "$it/.heddle/jars-1/heddle.jar:" }
            val mend = "Name the folder of one there, or unset it: then heddle looks for one itself.\n"
            run(folder, "/nowhere") shouldBe
                Ran(1, "", "heddle needs a JDK 25 or newer, and HEDDLE_JAVA_HOME=/nowhere is no JDK.\n$mend")
            val old = tempdir().toPath().also { it.resolve("release").writeText("JAVA_VERSION=\"21.0.1\"\n") }
            run(folder, "$old") shouldBe
                Ran(1, "", "heddle needs a JDK 25 or newer, and HEDDLE_JAVA_HOME=$old is Java 21.0.1.\n$mend")
        }
    })
