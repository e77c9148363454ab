package io.heddle.runtime.backend.portable;

import io.heddle.graph.Op;
import io.heddle.runtime.backend.Backend;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.backend.WeightKernels;
import io.heddle.runtime.tensor.Precision;

/** Computes every op by ND4J's own ops, in float or double. */
public final class PortableBackend implements Backend {
    /** Keeps ND4J to one thread, so that sums are added in one order. */
    public PortableBackend() {
        Nd4jThreads.useOne();
    }

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public boolean supports(Precision precision) {
        return true;
    }

    @Override
    public Kernel kernel(BoundNode node) {
        return switch (node.op()) {
            case Op.Source source -> throw new IllegalArgumentException(source + " is given and not computed.");
            case Op.Constant constant -> throw new IllegalArgumentException(constant + " is filled and not computed.");
            case Op.MatMul product -> PointwiseKernels.product(product, node);
            case Op.Add add -> PointwiseKernels.add(node);
            case Op.Multiply multiply -> PointwiseKernels.multiply(node);
            case Op.Scale scale -> PointwiseKernels.scale(scale, node);
            case Op.SumLeading sum -> PointwiseKernels.sumLeading(node);
            case Op.Dropout dropout -> DropoutKernel.of(dropout, node);
            case Op.Activate activate -> ActivationKernels.activate(activate.getActivation(), node);
            case Op.ActivateGradient gradient -> ActivationKernels.gradient(gradient.getActivation(), node);
            case Op.BiasActivate activate -> ActivationKernels.biased(activate.getActivation(), node);
            case Op.BiasActivateGradient gradient -> ActivationKernels.biasedGradient(gradient.getActivation(), node);
            case Op.LayerNorm norm -> NormKernels.layerNorm(norm.getEpsilon(), node);
            case Op.AddLayerNorm norm -> NormKernels.addLayerNorm(norm.getEpsilon(), node);
            case Op.LayerNormGradient gradient -> NormKernels.layerNormGradient(node);
            case Op.RmsNorm norm -> NormKernels.rmsNorm(norm.getEpsilon(), node);
            case Op.AddRmsNorm norm -> NormKernels.addRmsNorm(norm.getEpsilon(), node);
            case Op.RmsNormGradient gradient -> NormKernels.rmsNormGradient(node);
            case Op.Embed embed -> TableKernels.embed(node);
            case Op.EmbedGradient gradient -> TableKernels.embedGradient(node);
            case Op.TakeLast take -> TableKernels.takeLast(node);
            case Op.PutLast put -> TableKernels.putLast(node);
            case Op.WriteAt write -> TableKernels.writeAt(node);
            case Op.Positions positions -> PositionKernels.positions(node);
            case Op.Sinusoid sinusoid -> PositionKernels.sinusoid(sinusoid.getOrder(), node);
            case Op.Rotate rotate -> PositionKernels.rotate(rotate, node);
            case Op.Attention attention -> AttentionKernel.of(attention.getKind(), node);
            case Op.AttentionGradient gradient -> AttentionGradientKernel.of(gradient.getKind(), node);
            case Op.CrossEntropy loss -> LossKernels.crossEntropy(loss.getSmoothing(), node);
            case Op.CrossEntropyGradient gradient -> LossKernels.crossEntropyGradient(gradient.getSmoothing(), node);
        };
    }

    @Override
    public WeightKernels weightKernels() {
        return new PortableWeightKernels();
    }

    @Override
    public void close() {
        // It has no threads of its own.
    }
}
