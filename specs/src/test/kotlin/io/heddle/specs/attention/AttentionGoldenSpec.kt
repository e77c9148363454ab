package io.heddle.specs.attention

import io.heddle.lowering.Names
import io.heddle.rules.attentions
import io.heddle.specs.golden.Setting
import io.heddle.specs.golden.bert
import io.heddle.specs.golden.lengths
import io.heddle.specs.golden.shouldAgree
import io.heddle.specs.golden.tokens
import io.heddle.specs.golden.whole
import io.kotest.core.spec.style.FunSpec

/** What Hugging Face's BERT gives with `output_attentions=True`. */
class AttentionGoldenSpec :
    FunSpec({
        for (setting in Setting.entries) {
            test("BERT looks where the reference looks on $setting") {
                val reference = bert()
                setting.engine().use { engine ->
                    val model = reference.loaded(engine)
                    val places = model.model().attentions("encoder/0/attention")
                    val program = model.recording(places).bind(reference.sizes)
                    program.tokens("text", reference.io, "in.input_ids")
                    program.setInput(Names.segments("text"), reference.io.whole("in.token_type_ids"))
                    program.setInput(Names.lengths("text"), reference.io.lengths("in.attention_mask"))
                    program.run()
                    val name = "out.attention_layer0"
                    val weights = program.output(Names.attentionWeights("encoder/0/attention"))
                    val tolerance = reference.tolerance(setting, reference.io.bits(name))
                    shouldAgree(name, weights, reference.io.stored(name), tolerance)
                    shouldAgree("logits", program.output("masked"), reference.io.stored("out.logits"), tolerance)
                }
            }
        }
    })
