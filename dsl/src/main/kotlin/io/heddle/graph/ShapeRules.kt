package io.heddle.graph

/** Tells that the inputs of an op do not fit it; [message] says how, in the op's own terms. */
public class ShapeMismatch(message: String) : RuntimeException(message)

/**
 * The shape rule of every op: the types of its outputs for the types of its inputs.
 *
 * @throws ShapeMismatch when they do not fit
 */
public fun Op.outputTypes(inputs: List<TensorType>): List<TensorType> {
    val rule = NetworkShapes(this, inputs)
    val structure = StructureShapes(this, inputs)
    return when (this) {
        is Op.Input -> rule.source(type)
        is Op.Parameter -> rule.source(TensorType(Element.Real, shape))
        is Op.State -> rule.source(TensorType(Element.Real, shape))
        is Op.Constant -> rule.source(type)
        is Op.MatMul -> rule.product(form)
        is Op.Add,
        is Op.Multiply -> rule.broadcast()
        is Op.Scale,
        is Op.Activate -> rule.same(1)
        is Op.ActivateGradient -> rule.same(2)
        is Op.Dropout -> rule.dropout()
        is Op.SumLeading -> rule.sumLeading(kept)
        is Op.LayerNorm -> rule.layerNorm()
        is Op.LayerNormGradient -> rule.normGradient(statistics = 2)
        is Op.RmsNorm -> rule.rmsNorm()
        is Op.RmsNormGradient -> rule.normGradient(statistics = 1)
        is Op.Embed -> rule.embed()
        is Op.EmbedGradient -> rule.embedGradient(rows)
        is Op.Positions -> rule.positions(time)
        is Op.Sinusoid -> rule.sinusoid(width)
        is Op.Rotate -> rule.rotate(heads)
        is Op.TakeLast -> rule.takeLast()
        is Op.PutLast -> rule.putLast(time)
        is Op.WriteAt -> rule.writeAt()
        is Op.Attention -> rule.attention(kind)
        is Op.AttentionGradient -> rule.attentionGradient(kind)
        is Op.CrossEntropy -> rule.crossEntropy()
        is Op.CrossEntropyGradient -> rule.crossEntropyGradient()
        is Op.Reshape -> structure.reshape(shape)
        is Op.Permute -> structure.permute(order)
        is Op.Slice -> structure.slice(axis, size)
        is Op.Pad -> structure.pad(axis, before + after)
        is Op.Concat -> structure.concat(axis)
        is Op.Repeat -> structure.repeat(axis, count)
        is Op.Sum -> structure.sum(axis)
        is Op.Gather -> structure.gather()
        is Op.Scatter -> structure.scatter(rows)
        is Op.Unfold -> structure.unfold(window)
        is Op.Fold -> structure.fold(window, time)
        is Op.BatchMatMul -> structure.products(form)
        is Op.CausalProduct -> structure.causalProduct()
        is Op.Apply,
        is Op.Softmax,
        is Op.LogSoftmax -> rule.same(1)
        is Op.SoftmaxGradient -> rule.same(2)
        is Op.Largest -> structure.largest(count)
        is Op.Sort -> structure.sort()
        is Op.Real -> structure.converted(Element.Index, Element.Real)
        is Op.Whole -> structure.converted(Element.Real, Element.Index)
        is Op.RealPositions -> structure.realPositions(time)
        is Op.MaskScores -> structure.maskScores(this)
        is Op.Distances -> structure.distances(queries, keys)
        is Op.GridWaves -> structure.gridWaves(this)
        is Op.Flow -> structure.flow(time)
        is Op.FlowGradient -> structure.flowGradient()
        is Op.Spread -> structure.spread(time)
        is Op.Dispatch -> structure.dispatch()
        is Op.Match -> structure.match()
        is Op.ChainLoss -> structure.chainLoss()
        is Op.ChainLossGradient -> structure.chainLossGradient()
        is Op.Blend -> structure.blend()
        is Op.RunningCorrection -> structure.correction(3)
        is Op.RunningCorrectionGradient -> structure.correction(4)
        is Op.Remember -> structure.remember()
        is Op.BiasActivate -> rule.biasActivate()
        is Op.BiasActivateGradient -> rule.biasActivateGradient()
        is Op.ActivateWithSlope -> rule.activateWithSlope()
        is Op.AddLayerNorm -> rule.addLayerNorm()
        is Op.AddRmsNorm -> rule.addRmsNorm()
    }
}
