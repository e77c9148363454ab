package io.heddle.runtime.backend.portable;

import io.heddle.graph.Op;
import io.heddle.runtime.backend.Backend;
import io.heddle.runtime.backend.BoundNode;
import io.heddle.runtime.backend.Kernel;
import io.heddle.runtime.backend.WeightKernels;
import io.heddle.runtime.tensor.Precision;

/** Computes every op by ND4J's own ops where there is a right one, else by plain loops, in float or double. */
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
    public boolean readsRounded() {
        return false;
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
            case Op.ActivateWithSlope activate -> ActivationKernels.withSlope(activate.getActivation(), node);
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
            case Op.Reshape reshape -> MoveKernels.reshape(node);
            case Op.Permute permute -> MoveKernels.permute(permute, node);
            case Op.Slice slice -> MoveKernels.slice(slice, node);
            case Op.Pad pad -> MoveKernels.pad(pad, node);
            case Op.Concat concat -> MoveKernels.concat(concat, node);
            case Op.Repeat repeat -> MoveKernels.repeat(repeat, node);
            case Op.Sum sum -> GatherKernels.sum(sum, node);
            case Op.Gather gather -> GatherKernels.gather(node);
            case Op.Scatter scatter -> GatherKernels.scatter(node);
            case Op.Unfold unfold -> GatherKernels.unfold(unfold, node);
            case Op.Fold fold -> GatherKernels.fold(fold, node);
            case Op.BatchMatMul product -> BatchProductKernels.product(product.getForm(), node);
            case Op.CausalProduct product -> BatchProductKernels.causal(product, node);
            case Op.Apply apply -> FunctionKernels.apply(apply.getFunction(), node);
            case Op.Real real -> FunctionKernels.real(node);
            case Op.Whole whole -> FunctionKernels.whole(node);
            case Op.Softmax softmax -> RowKernels.softmax(node);
            case Op.SoftmaxGradient gradient -> RowKernels.softmaxGradient(node);
            case Op.LogSoftmax softmax -> RowKernels.logSoftmax(node);
            case Op.Largest largest -> OrderKernels.largest(largest.getCount(), node);
            case Op.Sort sort -> OrderKernels.sort(node);
            case Op.RealPositions positions -> MaskKernels.realPositions(node);
            case Op.MaskScores scores -> MaskKernels.scores(scores, node);
            case Op.Distances distances -> DistanceKernels.distances(distances, node);
            case Op.GridWaves waves -> GridKernel.of(waves, node);
            case Op.Spread spread -> DistanceKernels.spread(node);
            case Op.Dispatch dispatch -> DistanceKernels.dispatch(dispatch.getExperts(), node);
            case Op.Match match -> MatchKernel.of(node);
            case Op.Flow flow -> FlowKernels.forward(flow.getSteps(), node);
            case Op.FlowGradient gradient -> FlowKernels.backward(gradient.getSteps(), node);
            case Op.ChainLoss loss -> ChainKernels.loss(loss.getBeam(), node);
            case Op.ChainLossGradient gradient -> ChainKernels.gradient(gradient.getBeam(), node);
            case Op.Blend blend -> StateKernels.blend(blend.getMomentum(), node);
            case Op.RunningCorrection correction -> StateKernels.correction(node);
            case Op.RunningCorrectionGradient gradient ->
                    StateKernels.correctionGradient(gradient.getMomentum(), node);
            case Op.Remember remember -> StateKernels.remember(node);
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
