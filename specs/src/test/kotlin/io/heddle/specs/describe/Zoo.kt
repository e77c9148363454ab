package io.heddle.specs.describe

import io.heddle.model.Model
import io.heddle.script.DescriptionFiles
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries

/** The models of `samples/zoo`, as their scripts describe them. */
internal object Zoo {
    private val folder: Path = Path.of("..", "samples", "zoo")

    /** Every model, in the order of files and of what stands in them. */
    val models: List<Model> by lazy {
        folder.listDirectoryEntries("*.model.kts").sorted().flatMap { file ->
            DescriptionFiles.read(file).models.map { it.value }
        }
    }

    fun model(name: String): Model = models.single { it.name == name }
}
