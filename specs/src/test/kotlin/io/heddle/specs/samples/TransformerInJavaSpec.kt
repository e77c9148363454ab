package io.heddle.specs.samples

import io.heddle.json.ModelJson
import io.heddle.model.Model
import io.heddle.samples.TransformerInJava
import io.heddle.script.DescriptionFiles
import io.heddle.specs.cli.Desk
import io.heddle.specs.cli.Ran
import io.heddle.specs.describe.GoldenTexts
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import java.nio.file.Path

/** What a script says, Java says as well. */
class TransformerInJavaSpec :
    StringSpec({
        val folder = Path.of("..", "samples")
        fun script(file: String): List<Model> = DescriptionFiles.read(folder.resolve(file)).models.map { it.value }

        "the paper's transformer in Java is the script's, to the byte" {
            val script = script("transformer-base.model.kts").single()
            TransformerInJava.transformer() shouldBe script
            ModelJson.write(TransformerInJava.transformer()) shouldBe ModelJson.write(script)
            TransformerInJava.transformer() shouldBe script("zoo/transformer.model.kts").first()
        }

        "the sample prints its summary and what the variant changes" {
            val ran = Desk().use { it.program(TransformerInJava::class.java.name) }
            ran shouldBe Ran(0, ran.out, "")
            GoldenTexts.check("samples/TransformerInJava.txt", ran.out)
        }
    })
