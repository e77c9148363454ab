package io.heddle.runtime.gradient;

import io.heddle.graph.Op;
import io.heddle.runtime.messages.GradientMessages;

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
            case Op.RealPositions _ -> {}
            case Op.MaskScores _ -> {}
            case Op.Distances _ -> {}
            case Op.GridWaves _ -> {}
            case Op.Spread _ -> {}

            case Op.Real _ -> {} // Whole numbers do not change little by little, so nothing flows through them.
            case Op.Whole _ -> {}
            case Op.Sort _ -> {}
            case Op.Dispatch _ -> {}
            case Op.Match _ -> {}

            case Op.MatMul product -> ProductRules.matMul(at, product.getForm());
            case Op.BatchMatMul product -> ProductRules.batchMatMul(at, product.getForm());
            case Op.CausalProduct product -> ProductRules.causalProduct(at, product);

            case Op.Add _ -> ElementwiseRules.add(at);
            case Op.Multiply _ -> ElementwiseRules.multiply(at);
            case Op.Scale scale -> ElementwiseRules.scale(at, scale);
            case Op.SumLeading _ -> ElementwiseRules.sumLeading(at);
            case Op.Activate activate -> ElementwiseRules.activate(at, activate);
            case Op.Dropout dropout -> ElementwiseRules.dropout(at, dropout);
            case Op.Apply apply -> FunctionRules.apply(at, apply.getFunction());

            case Op.Reshape _ -> StructureRules.reshape(at);
            case Op.Permute permute -> StructureRules.permute(at, permute);
            case Op.Slice slice -> StructureRules.slice(at, slice);
            case Op.Pad pad -> StructureRules.pad(at, pad);
            case Op.Concat concat -> StructureRules.concat(at, concat);
            case Op.Repeat repeat -> StructureRules.repeat(at, repeat);
            case Op.Sum sum -> StructureRules.sum(at, sum);
            case Op.Gather _ -> StructureRules.gather(at);
            case Op.Scatter _ -> StructureRules.scatter(at);
            case Op.Unfold unfold -> StructureRules.unfold(at, unfold);
            case Op.Fold fold -> StructureRules.fold(at, fold);

            case Op.Softmax _ -> RowRules.softmax(at);
            case Op.LogSoftmax _ -> RowRules.logSoftmax(at);
            case Op.Largest _ -> RowRules.largest(at);

            case Op.LayerNorm _ -> NormRules.layerNorm(at);
            case Op.RmsNorm _ -> NormRules.rmsNorm(at);

            case Op.Embed _ -> TableRules.embed(at);
            case Op.EmbedGradient _ -> TableRules.embedGradient(at);
            case Op.Rotate rotate -> TableRules.rotate(at, rotate);
            case Op.TakeLast _ -> TableRules.takeLast(at);
            case Op.PutLast _ -> TableRules.putLast(at);

            case Op.Attention attention -> AttentionRules.attention(at, attention);

            case Op.CrossEntropy crossEntropy -> LossRules.crossEntropy(at, crossEntropy);
            case Op.ChainLoss chain -> LossRules.chain(at, chain);

            case Op.RunningCorrection correction -> NormRules.correction(at, correction);

            case Op.Flow flow -> FlowRules.flow(at, flow);

            case Op.BiasActivate biasActivate -> FusedRules.biasActivate(at, biasActivate);
            case Op.AddLayerNorm _ -> FusedRules.addLayerNorm(at);
            case Op.AddRmsNorm _ -> FusedRules.addRmsNorm(at);

            case Op.WriteAt _ -> at.reject(GradientMessages::rowsOfState);
            case Op.Blend _ -> at.reject(GradientMessages::blended);
            case Op.Remember _ -> at.reject(GradientMessages::remembered);

            case Op.ActivateGradient _ -> at.reject(GradientMessages::second);
            case Op.LayerNormGradient _ -> at.reject(GradientMessages::second);
            case Op.RmsNormGradient _ -> at.reject(GradientMessages::second);
            case Op.AttentionGradient _ -> at.reject(GradientMessages::second);
            case Op.CrossEntropyGradient _ -> at.reject(GradientMessages::second);
            case Op.BiasActivateGradient _ -> at.reject(GradientMessages::second);
            case Op.ActivateWithSlope _ -> at.reject(GradientMessages::second);
            case Op.SoftmaxGradient _ -> at.reject(GradientMessages::second);
            case Op.FlowGradient _ -> at.reject(GradientMessages::second);
            case Op.RunningCorrectionGradient _ -> at.reject(GradientMessages::second);
            case Op.ChainLossGradient _ -> at.reject(GradientMessages::second);
        }
    }
}
