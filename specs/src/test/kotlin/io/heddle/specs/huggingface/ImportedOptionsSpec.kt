package io.heddle.specs.huggingface

import io.heddle.graph.Element
import io.heddle.graph.Op
import io.heddle.lowering.Purpose
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.huggingface.HuggingFaceExport
import io.heddle.runtime.huggingface.HuggingFaceImport
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Program
import io.heddle.specs.golden.Golden
import io.heddle.specs.golden.Setting
import io.heddle.specs.golden.shouldAgree
import io.heddle.specs.support.digest
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.div
import kotlin.io.path.isDirectory
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name

/**
 * What a `config.json` may say beside the sizes of `hf-golden`: whatever changes a number there changes it here. Each
 * family is imported with other options, computes what its reference computes, and is exported byte by byte.
 */
class ImportedOptionsSpec :
    FunSpec({
        val desk = tempdir().toPath()
        val folders = resources.listDirectoryEntries().filter { it.isDirectory() }.sorted()

        test("every family is there") { folders shouldHaveSize 21 }

        folders.forEach { folder ->
            val name = folder.name
            test("$name: what is imported computes the reference's numbers, and goes out as it came") {
                HuggingFaceImport.read(folder).write(desk / name)
                agrees(name, desk / name)
                HuggingFaceExport.open(desk / name).write(desk / "$name-again")
                bytes(desk / "$name-again") shouldBe bytes(folder)
            }
        }
    })

private val resources = Path.of(checkNotNull(Golden::class.java.getResource("/hf-options")).toURI())

/** Where the reference computes in 32 bits, all or some of it. */
private val narrow = listOf("llama", "t5", "switch", "vit", "clip", "longformer", "transformer-xl")

private fun agrees(name: String, run: Path) {
    val golden = Golden("hf-options/$name/io.safetensors")
    val tolerance = if (narrow.any(name::startsWith)) ROUNDED else Setting.PortableDouble.stored64
    Setting.PortableDouble.engine().use { engine ->
        val checkpoint = Checkpoint.open(run)
        val model = RunnableModel.blank(checkpoint.model(), engine)
        checkpoint.loadWeights(model.weights())
        val executable = model.executable(Purpose.Inference)
        val inputs = golden.names.filter { it.startsWith("in.") }.map { it.removePrefix("in.") }
        val batch = golden.tensor("in.${inputs.first()}").size(0)
        val times = inputs.filter { it in SEQUENCES }.associateWith { golden.tensor("in.$it").size(1) }
        val sizes = times + ("batch" to batch)
        val program = executable.bind(sizes, engine.states(executable.graph(), sizes))
        // A model that remembers goes on, where its reference did.
        for (run in listOf("", "then.").filter { run -> golden.names.any { it.startsWith("${run}out.") } }) {
            program.feed(golden, run)
            program.run()
            val outputs = golden.names.filter { it.startsWith("${run}out.") }
            outputs.forEach {
                shouldAgree("$name $it", program.output(it.substringAfter("out.")), golden.stored(it), tolerance)
            }
        }
    }
}

/** Gives each input its numbers of this [run]; those that it has none of its own for stay as they were. */
private fun Program.feed(golden: Golden, run: String) =
    executable().graph().inputs.forEach { node ->
        val name = (node.op as Op.Input).name
        val numbers = golden.numbers(if ("${run}in.$name" in golden.names) "${run}in.$name" else "in.$name")
        if (node.output.type.element == Element.Real) setInput(name, numbers)
        else setInput(name, IntArray(numbers.size) { numbers[it].toInt() })
    }

private fun bytes(folder: Path) =
    folder.listDirectoryEntries().filter { it.name != "io.safetensors" }.associate { it.name to it.digest() }

private val SEQUENCES = setOf("text", "source", "target")

/** What 32 bits leave of a result in 64. */
private const val ROUNDED = 2e-6
