package io.heddle.runtime.gradient;

import io.heddle.graph.Op;

/** Which rule differentiates which op: exhaustive, so that a new op does not compile without an answer here. */
final class Rules {
    private Rules() {}

    /** Gives the inputs of a node their gradients, for the gradients of its outputs. */
    static void apply(Adjoint at) {
        switch (at.node().getOp()) {
            // A gradient that arrives at a source has arrived; the others here are made of whole numbers or of nothing.
            case Op.Input _, Op.Parameter _, Op.State _, Op.Constant _, Op.Positions _, Op.Sinusoid _ -> {}

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

            case Op.WriteAt _ -> at.reject(
                    "WriteAt has no gradient", "It is for decoding: differentiate the graph of training.");

            case Op.ActivateGradient _,
                    Op.LayerNormGradient _,
                    Op.RmsNormGradient _,
                    Op.AttentionGradient _,
                    Op.CrossEntropyGradient _,
                    Op.BiasActivateGradient _ -> at.reject(
                    at.opName() + " has no gradient of its own",
                    "Second derivatives are not computed: differentiate the forward graph.");
        }
    }
}
