package io.heddle.runtime.gradient;

import io.heddle.graph.Op;

/** Which rule differentiates which op: exhaustive, so that a new op does not compile without an answer here. */
final class Rules {
    private Rules() {}

    /** Gives the inputs of a node their gradients, for the gradients of its outputs. */
    static void apply(Adjoint at) {
        switch (at.node().getOp()) {
            case Op.Source _ -> {} // What has arrived here has arrived.
            case Op.Constant _ -> {} // Made of nothing, as positions and sinusoids are made of whole numbers.
            case Op.Positions _ -> {}
            case Op.Sinusoid _ -> {}

            case Op.MatMul product -> ProductRules.matMul(at, product.getForm());

            case Op.Add _ -> ElementwiseRules.add(at);
            case Op.Multiply _ -> ElementwiseRules.multiply(at);
            case Op.Scale scale -> ElementwiseRules.scale(at, scale);
            case Op.SumLeading _ -> ElementwiseRules.sumLeading(at);
            case Op.Activate activate -> ElementwiseRules.activate(at, activate);
            case Op.Dropout dropout -> ElementwiseRules.dropout(at, dropout);

            case Op.LayerNorm _ -> NormRules.layerNorm(at);
            case Op.RmsNorm _ -> NormRules.rmsNorm(at);

            case Op.Embed _ -> TableRules.embed(at);
            case Op.EmbedGradient _ -> TableRules.embedGradient(at);
            case Op.Rotate rotate -> TableRules.rotate(at, rotate);
            case Op.TakeLast _ -> TableRules.takeLast(at);
            case Op.PutLast _ -> TableRules.putLast(at);

            case Op.Attention attention -> AttentionRules.attention(at, attention);

            case Op.CrossEntropy crossEntropy -> LossRules.crossEntropy(at, crossEntropy);

            case Op.BiasActivate biasActivate -> FusedRules.biasActivate(at, biasActivate);
            case Op.AddLayerNorm _ -> FusedRules.addLayerNorm(at);
            case Op.AddRmsNorm _ -> FusedRules.addRmsNorm(at);

            case Op.WriteAt _ -> writeAt(at);

            case Op.ActivateGradient _ -> secondDerivative(at);
            case Op.LayerNormGradient _ -> secondDerivative(at);
            case Op.RmsNormGradient _ -> secondDerivative(at);
            case Op.AttentionGradient _ -> secondDerivative(at);
            case Op.CrossEntropyGradient _ -> secondDerivative(at);
            case Op.BiasActivateGradient _ -> secondDerivative(at);
        }
    }

    private static void writeAt(Adjoint at) {
        at.reject("WriteAt has no gradient", "It is for decoding: differentiate the graph of training.");
    }

    private static void secondDerivative(Adjoint at) {
        at.reject(
                at.opName() + " has no gradient of its own",
                "Second derivatives are not computed: differentiate the forward graph.");
    }
}
