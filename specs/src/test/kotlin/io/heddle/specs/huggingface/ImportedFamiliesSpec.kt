package io.heddle.specs.huggingface

import io.heddle.lowering.Purpose
import io.heddle.runtime.checkpoint.Checkpoint
import io.heddle.runtime.huggingface.HuggingFaceExport
import io.heddle.runtime.huggingface.HuggingFaceImport
import io.heddle.specs.golden.Reference
import io.heddle.specs.golden.Setting
import io.heddle.specs.golden.bart
import io.heddle.specs.golden.bert
import io.heddle.specs.golden.clip
import io.heddle.specs.golden.gpt2Reference
import io.heddle.specs.golden.llama
import io.heddle.specs.golden.localReformer
import io.heddle.specs.golden.swin
import io.heddle.specs.golden.switch
import io.heddle.specs.golden.t5
import io.heddle.specs.golden.transformerXl
import io.heddle.specs.golden.vit
import io.heddle.specs.support.digest
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.div
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name

/**
 * A folder of Hugging Face transformers becomes a model that computes what it computes there, and the same folder
 * again, byte by byte.
 */
class ImportedFamiliesSpec :
    FunSpec({
        returns("gpt2_lm", gpt2Reference())
        returns("llama_lm", llama())
        returns("bert_mlm", bert())
        returns("bart_cg", bart())
        returns("t5_relu", t5("t5_relu", gated = false))
        returns("t5_gated_gelu", t5("t5_gated_gelu", gated = true))
        returns("switch_moe", switch())
        returns("vit_cls", vit())
        returns("swin_cls", swin())
        returns("clip", clip())
        returns("transfo_xl", transformerXl(), Purpose.Inference)
        returns("reformer_local", localReformer())
    })

/** The folder of the reference [name] is imported, run and exported. */
private fun FunSpec.returns(name: String, reference: Reference, purpose: Purpose = Purpose.Evaluation) {
    val desk = tempdir().toPath()
    val from = huggingFaceFolder(name, desk / "from")
    val run = desk / "run"

    test("$name: what config.json describes has the weights that are there") { HuggingFaceImport.read(from).write(run) }

    for (setting in Setting.entries) {
        test("$name: the imported model's outputs equal the reference's on $setting") {
            val checkpoint = Checkpoint.open(run)
            reference.of(checkpoint.model(), checkpoint::loadWeights).agrees(setting, purpose)
        }
    }

    test("$name: what is exported is what was imported, byte by byte") {
        HuggingFaceExport.open(run).write(desk / "to")
        bytes(desk / "to") shouldBe bytes(from)
    }
}

private fun bytes(folder: Path) = folder.listDirectoryEntries().associate { it.name to it.digest() }
