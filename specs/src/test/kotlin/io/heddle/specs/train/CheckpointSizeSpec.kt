package io.heddle.specs.train

import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.checkpoint.TrainedWeights
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.longs.shouldBeInRange
import java.util.Optional
import kotlin.io.path.fileSize
import kotlin.io.path.listDirectoryEntries

class CheckpointSizeSpec :
    FunSpec({
        test("what a checkpoint needs on the disk is told as it is, within a tenth") {
            val base = tempdir().toPath()
            val run = tempdir().toPath()
            writeRhyme(base)
            val model = smallDecoder(width = 64)
            train(model, smallRecipe(1), base, run)
            val written = Checkpoint.open(run).folder().listDirectoryEntries("*.safetensors").sumOf { it.fileSize() }
            val weights = Engine.portable(Precision.FLOAT).use { RunnableModel.initialized(model, it, 0).weights() }
            val moments = LinkedHashMap(mapOf("firstMoment" to weights, "secondMoment" to weights))
            Checkpoint.bytes(TrainedWeights(weights, Optional.empty()), moments) shouldBeInRange
                (written * 9 / 10..written * 11 / 10)
        }
    })
