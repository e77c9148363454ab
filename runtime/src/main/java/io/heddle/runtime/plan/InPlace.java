package io.heddle.runtime.plan;

import io.heddle.graph.Op;
import java.util.List;

/**
 * Which inputs an op may overwrite with its first output when nobody needs them afterwards.
 *
 * <p>This is a promise that every kernel of such an op keeps: number {@code i} of the output is written after the last read
 * of number {@code i} of those inputs. It is what makes the largest tensors cheap: logits and their gradient are one.
 */
public final class InPlace {
    private static final List<Integer> NONE = List.of();
    private static final List<Integer> FIRST = List.of(0);

    private InPlace() {}

    /** The inputs by their places, the one to prefer first; each counts only where it is as large as the output. */
    public static List<Integer> overwritable(Op op) {
        return switch (op) {
            case Op.Add add -> List.of(0, 1);
            case Op.Multiply multiply -> List.of(0, 1);
            case Op.Scale scale -> FIRST;
            case Op.Activate activate -> FIRST;
            case Op.ActivateGradient gradient -> List.of(1, 0);
            case Op.Dropout dropout -> FIRST;
            case Op.BiasActivate activate -> FIRST;
            case Op.BiasActivateGradient gradient -> List.of(2, 0);
            case Op.ActivateWithSlope activate -> FIRST;
            case Op.CrossEntropyGradient gradient -> FIRST;
            case Op.WriteAt write -> FIRST;
            case Op.Blend blend -> FIRST;
            case Op.Remember remember -> FIRST;
            case Op.RunningCorrection correction -> FIRST;
            case Op.RunningCorrectionGradient gradient -> NONE;
            case Op.Reshape reshape -> FIRST;
            case Op.Apply apply -> FIRST;
            case Op.Softmax softmax -> FIRST;
            case Op.SoftmaxGradient gradient -> List.of(1, 0);
            case Op.LogSoftmax softmax -> FIRST;
            case Op.Input source -> NONE;
            case Op.Parameter source -> NONE;
            case Op.State source -> NONE;
            case Op.Constant source -> NONE;
            case Op.MatMul product -> NONE;
            case Op.SumLeading sum -> NONE;
            case Op.LayerNorm norm -> NONE;
            case Op.LayerNormGradient gradient -> NONE;
            case Op.RmsNorm norm -> NONE;
            case Op.RmsNormGradient gradient -> NONE;
            case Op.Embed embed -> NONE;
            case Op.EmbedGradient gradient -> NONE;
            case Op.Positions positions -> NONE;
            case Op.Sinusoid sinusoid -> NONE;
            case Op.Rotate rotate -> NONE;
            case Op.TakeLast take -> NONE;
            case Op.PutLast put -> NONE;
            case Op.Attention attention -> NONE;
            case Op.AttentionGradient gradient -> NONE;
            case Op.CrossEntropy loss -> NONE;
            case Op.Permute permute -> NONE;
            case Op.Slice slice -> NONE;
            case Op.Pad pad -> NONE;
            case Op.Concat concat -> NONE;
            case Op.Repeat repeat -> NONE;
            case Op.Sum sum -> NONE;
            case Op.Gather gather -> NONE;
            case Op.Scatter scatter -> NONE;
            case Op.Unfold unfold -> NONE;
            case Op.Fold fold -> NONE;
            case Op.BatchMatMul product -> NONE;
            case Op.CausalProduct product -> NONE;
            case Op.Largest largest -> NONE;
            case Op.Sort sort -> NONE;
            case Op.Real real -> NONE;
            case Op.Whole whole -> NONE;
            case Op.RealPositions positions -> NONE;
            case Op.MaskScores scores -> NONE;
            case Op.Distances distances -> NONE;
            case Op.GridWaves waves -> NONE;
            case Op.Flow flow -> NONE;
            case Op.FlowGradient gradient -> NONE;
            case Op.Spread spread -> NONE;
            case Op.Dispatch dispatch -> NONE;
            case Op.Match match -> NONE;
            case Op.ChainLoss loss -> NONE;
            case Op.ChainLossGradient gradient -> NONE;
            case Op.AddLayerNorm norm -> NONE;
            case Op.AddRmsNorm norm -> NONE;
        };
    }
}
