package io.heddle.specs.train

import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.weights.SafetensorsWriter
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import kotlin.io.path.deleteExisting
import kotlin.io.path.writeBytes

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
