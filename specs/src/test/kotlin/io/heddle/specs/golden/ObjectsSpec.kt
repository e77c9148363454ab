package io.heddle.specs.golden

import io.heddle.dsl.model
import io.heddle.lowering.Names
import io.heddle.terms.Depth
import io.heddle.terms.Pooling.Each
import io.heddle.terms.PositionTarget.QueriesAndKeys
import io.heddle.terms.Relu
import io.kotest.core.spec.style.FunSpec
import org.nd4j.linalg.factory.Nd4j

/** DETR finds objects, equal to Hugging Face's from the features of its first network on. */
class ObjectsSpec : FunSpec({ agree("DETR finds objects", detr()) })

internal fun detr() =
    Reference(
        "detr_detection",
        model("detr", width = 24) {
            val features by
                featureMap(channels = 16) {
                    project()
                    sinusoidal2d(to = QueriesAndKeys)
                }
            val objects by learned(6, to = QueriesAndKeys)
            val encoder by
                stack(features, layers = 2) {
                    attention(heads = 4)
                    addNorm()
                    feedForward(hidden = 40) { activation = Relu }
                    addNorm()
                }
            val decoder by
                stack(objects, layers = 2) {
                    attention(heads = 4)
                    addNorm()
                    crossAttention(from = encoder)
                    addNorm()
                    feedForward(hidden = 40) { activation = Relu }
                    addNorm()
                }
            val answers by norm(decoder)
            val label by classify(answers, Each, classes = 5)
            val box by boxes(answers, layers = 3)
            objective { matching(label, box, depth = Depth.LastLayer) }
        },
        names("detr"),
        mapOf("batch" to 2L, "features/rows" to 2L, "features/columns" to 2L, "objects" to 2L),
        mapOf("label" to "out.logits", "box" to "out.pred_boxes"),
    ) {
        setInput("features", it.tensor("extra.backbone_feature_map").permute(0, 2, 3, 1).dup('c'))
        setInput(Names.lengths("features"), intArrayOf(4, 4))
        setInput(Names.objects("label"), intArrayOf(1, 3, 0, 0))
        setInput(Names.counts("label"), intArrayOf(2, 1))
        setInput(
            Names.boxes("box"),
            Nd4j.createFromArray(0.5, 0.5, 0.4, 0.3, 0.3, 0.6, 0.2, 0.2, 0.6, 0.4, 0.5, 0.5, 0.0, 0.0, 0.0, 0.0)
                .reshape(2, 2, 4),
        )
    }
