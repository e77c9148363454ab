package io.heddle.runtime.backend.cpu;

import io.heddle.graph.AttentionKind;
import io.heddle.graph.Op;
import io.heddle.graph.ScoreBias;
import io.heddle.runtime.backend.Backend;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.backend.WeightKernels;
import io.heddle.runtime.backend.portable.PortableBackend;
import io.heddle.runtime.parallel.WorkerPool;
import io.heddle.runtime.tensor.Precision;
import io.heddle.runtime.tensor.Tensor;
import io.heddle.terms.Identity;
import java.util.stream.Stream;

/**
 * Computes in float by fused kernels on ND4J's memory, split over one worker pool. A run of those makes no objects.
 *
 * <p>What has no kernel here is left to the portable backend: rare ops and activations, attention with a bias on its scores, and
 * tensors of 2^31 numbers or more, which the kernels do not count.
 */
public final class CpuBackend implements Backend {
    private final Shares shares;
    private final PooledGemm gemm;
    private final PortableBackend portable = new PortableBackend();

    /** A backend with this many threads, the calling one among them. */
    public CpuBackend(int threads) {
        WorkerPool pool = new WorkerPool(threads, Gemm::useOneThread);
        shares = new Shares(pool);
        gemm = new PooledGemm(pool);
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public boolean supports(Precision precision) {
        return precision == Precision.FLOAT;
    }

    @Override
    public boolean readsRounded() {
        return true;
    }

    @Override
    public Kernel kernel(BoundNode node) {
        boolean counts = Stream.concat(node.inputs().stream(), node.outputs().stream())
                .mapToLong(Tensor::elements)
                .allMatch(elements -> elements <= Integer.MAX_VALUE);
        return counts ? fused(node) : portable.kernel(node);
    }

    private Kernel fused(BoundNode node) {
        return switch (node.op()) {
            case Op.Source source -> portable.kernel(node);
            case Op.Constant constant -> portable.kernel(node);
            case Op.MatMul product -> PointwiseNodes.product(product, node, gemm, shares);
            case Op.BatchMatMul product -> BatchNodes.product(product.getForm(), node, gemm, shares);
            case Op.Add add -> PointwiseNodes.add(node, shares);
            case Op.Multiply multiply -> PointwiseNodes.multiply(node, shares);
            case Op.Scale scale -> PointwiseNodes.scale((float) scale.getFactor(), node, shares);
            case Op.SumLeading sum -> PointwiseNodes.sumLeading(node, shares);
            case Op.Dropout dropout -> PointwiseNodes.dropout(dropout, node, shares);
            case Op.Activate activate when isRare(activate.getActivation()) -> portable.kernel(node);
            case Op.ActivateGradient gradient when isRare(gradient.getActivation()) -> portable.kernel(node);
            case Op.BiasActivate activate when isRare(activate.getActivation()) -> portable.kernel(node);
            case Op.BiasActivateGradient gradient when isRare(gradient.getActivation()) -> portable.kernel(node);
            case Op.ActivateWithSlope activate when isRare(activate.getActivation()) -> portable.kernel(node);
            case Op.Activate activate -> ActivationNodes.activate(activate.getActivation(), node, shares);
            case Op.ActivateGradient gradient -> ActivationNodes.gradient(gradient.getActivation(), node, shares);
            case Op.BiasActivate activate -> ActivationNodes.biased(activate.getActivation(), node, shares);
            case Op.BiasActivateGradient gradient ->
                    ActivationNodes.biasedGradient(gradient.getActivation(), node, shares);
            case Op.ActivateWithSlope activate -> ActivationNodes.withSlope(activate.getActivation(), node, shares);
            case Op.LayerNorm norm -> NormNodes.layerNorm((float) norm.getEpsilon(), node, shares);
            case Op.AddLayerNorm norm -> NormNodes.addLayerNorm((float) norm.getEpsilon(), node, shares);
            case Op.LayerNormGradient gradient -> NormNodes.layerNormGradient(node, shares);
            case Op.RmsNorm norm -> NormNodes.rmsNorm((float) norm.getEpsilon(), node, shares);
            case Op.AddRmsNorm norm -> NormNodes.addRmsNorm((float) norm.getEpsilon(), node, shares);
            case Op.RmsNormGradient gradient -> NormNodes.rmsNormGradient(node, shares);
            case Op.Embed embed -> TableNodes.embed(node, shares);
            case Op.EmbedGradient gradient -> TableNodes.embedGradient(node, shares);
            case Op.TakeLast take -> TableNodes.takeLast(node);
            case Op.PutLast put -> TableNodes.putLast(node, shares);
            case Op.WriteAt write -> TableNodes.writeAt(node);
            case Op.Positions positions -> PositionNodes.positions(node);
            case Op.Sinusoid sinusoid -> PositionNodes.sinusoid(node, portable);
            case Op.Rotate rotate -> PositionNodes.rotate(rotate, node, shares);
            case Op.Attention attention when isBiased(attention.getKind()) -> portable.kernel(node);
            case Op.AttentionGradient gradient when isBiased(gradient.getKind()) -> portable.kernel(node);
            case Op.Attention attention -> AttentionNodes.forward(attention.getKind(), node, shares);
            case Op.AttentionGradient gradient -> AttentionNodes.backward(gradient.getKind(), node, shares);
            case Op.CrossEntropy loss -> LossNodes.crossEntropy((float) loss.getSmoothing(), node, shares);
            case Op.CrossEntropyGradient gradient ->
                    LossNodes.crossEntropyGradient((float) gradient.getSmoothing(), node, shares);
            case Op.Reshape _ -> portable.kernel(node);
            case Op.Permute _ -> portable.kernel(node);
            case Op.Slice _ -> portable.kernel(node);
            case Op.Pad _ -> portable.kernel(node);
            case Op.Concat _ -> portable.kernel(node);
            case Op.Repeat repeat -> AxisNodes.repeat(repeat, node, shares, portable);
            case Op.Sum sum -> AxisNodes.sum(sum, node, shares);
            case Op.Gather _ -> portable.kernel(node);
            case Op.Scatter _ -> portable.kernel(node);
            case Op.Unfold _ -> portable.kernel(node);
            case Op.Fold _ -> portable.kernel(node);
            case Op.CausalProduct product -> BatchNodes.causal(product.getDirection(), node, shares);
            case Op.Apply apply -> FunctionNodes.apply(apply.getFunction(), node, shares, portable);
            case Op.Real _ -> portable.kernel(node);
            case Op.Whole _ -> portable.kernel(node);
            case Op.Softmax _ -> portable.kernel(node);
            case Op.SoftmaxGradient _ -> portable.kernel(node);
            case Op.LogSoftmax _ -> portable.kernel(node);
            case Op.Largest largest when largest.getCount() == 1 -> AxisNodes.largest(node, shares);
            case Op.Largest _ -> portable.kernel(node);
            case Op.Sort _ -> portable.kernel(node);
            case Op.RealPositions _ -> portable.kernel(node);
            case Op.MaskScores _ -> portable.kernel(node);
            case Op.Distances _ -> portable.kernel(node);
            case Op.GridWaves _ -> portable.kernel(node);
            case Op.Spread _ -> portable.kernel(node);
            case Op.Dispatch _ -> portable.kernel(node);
            case Op.Match _ -> portable.kernel(node);
            case Op.Flow _ -> portable.kernel(node);
            case Op.FlowGradient _ -> portable.kernel(node);
            case Op.ChainLoss _ -> portable.kernel(node);
            case Op.ChainLossGradient _ -> portable.kernel(node);
            case Op.Blend _ -> portable.kernel(node);
            case Op.RunningCorrection _ -> portable.kernel(node);
            case Op.RunningCorrectionGradient _ -> portable.kernel(node);
            case Op.Remember _ -> portable.kernel(node);
        };
    }

    private static boolean isRare(io.heddle.terms.Activation activation) {
        return ActivationNodes.kernel(activation).isEmpty() && !(activation instanceof Identity);
    }

    private static boolean isBiased(AttentionKind kind) {
        return kind.getBias() != ScoreBias.None;
    }

    @Override
    public WeightKernels weightKernels() {
        return new CpuWeightKernels(shares);
    }

    @Override
    public void close() {
        shares.close();
    }
}
