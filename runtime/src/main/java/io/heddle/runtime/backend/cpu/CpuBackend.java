package io.heddle.runtime.backend.cpu;

import io.heddle.graph.Op;
import io.heddle.runtime.backend.Backend;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.backend.WeightKernels;
import io.heddle.runtime.backend.portable.PortableBackend;
import io.heddle.runtime.parallel.WorkerPool;
import io.heddle.runtime.tensor.Precision;
import io.heddle.runtime.tensor.Tensor;
import java.util.stream.Stream;

/**
 * Computes in float by fused kernels on ND4J's memory, split over one worker pool. A run makes no objects.
 *
 * <p>A tensor of 2^31 numbers or more, which the kernels do not count, is left to the portable backend.
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
            case Op.MatMul product -> PointwiseNodes.product(product, node, gemm);
            case Op.Add add -> PointwiseNodes.add(node, shares);
            case Op.Multiply multiply -> PointwiseNodes.multiply(node, shares);
            case Op.Scale scale -> PointwiseNodes.scale((float) scale.getFactor(), node, shares);
            case Op.SumLeading sum -> PointwiseNodes.sumLeading(node, shares);
            case Op.Dropout dropout -> PointwiseNodes.dropout(dropout, node, shares);
            case Op.Activate activate -> ActivationNodes.activate(activate.getActivation(), node, shares);
            case Op.ActivateGradient gradient -> ActivationNodes.gradient(gradient.getActivation(), node, shares);
            case Op.BiasActivate activate -> ActivationNodes.biased(activate.getActivation(), node, shares);
            case Op.BiasActivateGradient gradient ->
                    ActivationNodes.biasedGradient(gradient.getActivation(), node, shares);
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
            case Op.Attention attention -> AttentionNodes.forward(attention.getKind(), node, shares);
            case Op.AttentionGradient gradient -> AttentionNodes.backward(gradient.getKind(), node, shares);
            case Op.CrossEntropy loss -> LossNodes.crossEntropy((float) loss.getSmoothing(), node, shares);
            case Op.CrossEntropyGradient gradient ->
                    LossNodes.crossEntropyGradient((float) gradient.getSmoothing(), node, shares);
        };
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
