package io.heddle.specs.train

import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.weights.SafetensorsWriter
import io.heddle.runtime.weights.TensorSource
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import kotlin.io.path.deleteExisting
import kotlin.io.path.writeBytes
import org.nd4j.linalg.api.buffer.DataType
import org.nd4j.linalg.factory.Nd4j

/** A folder that holds no checkpoint, or one that was damaged. */
class CheckpointProblemsSpec :
    FunSpec({
        val base = tempdir().toPath()
        writeRhyme(base)

        test("a folder of something else") {
            told { Checkpoint.open(base) } shouldRead
                """
                $base: the folder holds no checkpoint
                  Name the folder that heddle train wrote with --out.
                """
        }

        test("a folder of a comparison") {
            val folder = tempdir().toPath()
            listOf("pre-norm-seed-2-0e", "pre-norm-seed-1-7a").forEach { trial ->
                train(remembering(), smallRecipe(2), base, folder.resolve("runs/$trial"))
            }
            told { Checkpoint.open(folder) } shouldRead
                """
                $folder: this is the folder of a comparison, which has a checkpoint for each trial
                  Name the folder of one of its trials, such as $folder/runs/pre-norm-seed-1-7a.
                """
        }

        test("a memory of another batch, and one that is gone") {
            val run = tempdir().toPath()
            train(remembering(), smallRecipe(2), base, run)
            val file = Checkpoint.open(run).folder().resolve("memory.safetensors")
            val name = "decoder/0/attention/memory"
            val tensors = mapOf("0/$name" to Nd4j.zeros(DataType.FLOAT, 2, 8, 8))
            SafetensorsWriter.write(file, emptyMap(), tensors.map { TensorSource.Array(it.key, it.value) })
            told { train(remembering(), smallRecipe(2), base, run) } shouldRead
                """
                $file: state "$name" has another shape than the graph's
                  graph = [3, 8, 8]
                  given = [2, 8, 8]

                $file: state "decoder/1/attention/memory" is missing
                  graph = [3, 8, 8]
                """
            file.deleteExisting()
            told { train(remembering(), smallRecipe(2), base, run) } shouldRead
                """
                $file: there is no such file
                  Check the path, or write the weights first.
                """
        }

        test("files that are gone or damaged") {
            val run = tempdir().toPath()
            train(smallDecoder(), smallRecipe(2), base, run)
            val checkpoint = Checkpoint.open(run)
            val folder = checkpoint.folder()
            folder.resolve("recipe.json").deleteExisting()
            told { checkpoint.recipe() } shouldRead
                """
                $folder/recipe.json: there is no such file
                  Copy the checkpoint again from where it came from, or train anew with --fresh.
                """
            folder.resolve("model.json").writeBytes(byteArrayOf(0xC3.toByte(), 0x28))
            told { checkpoint.model() } shouldRead
                """
                $folder/model.json: this is not UTF-8 text
                  Copy the checkpoint again from where it came from, or train anew with --fresh.
                """
            SafetensorsWriter.write(folder.resolve("optimizer.safetensors"), mapOf("steps" to "many"), emptyList())
            told { checkpoint.progress() } shouldRead
                """
                $folder/optimizer.safetensors: it does not say how far the training had come: {steps=many}
                  Go on from another checkpoint, or begin anew with --fresh.
                """
        }
    })
