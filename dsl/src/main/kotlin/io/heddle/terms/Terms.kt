package io.heddle.terms

/** The terms that are said without a number, for Java: `import static io.heddle.terms.Terms.*`. */
public object Terms {
    @JvmField public val POST_NORM: Layout = PostNorm
    @JvmField public val PRE_NORM: Layout = PreNorm
    @JvmField public val SANDWICH: Layout = Sandwich
    @JvmField public val DEEP_NORM: Layout = DeepNorm
    @JvmField public val PARALLEL: Layout = Parallel
    @JvmField public val RE_ZERO: Layout = ReZero

    @JvmField public val NO_NORM: Norm = NoNorm

    @JvmField public val EVERYTHING: Mask = Everything
    @JvmField public val CAUSAL: Mask = Causal
    @JvmField public val SELF: Mask = Self

    @JvmField public val RELU: Activation = Relu
    @JvmField public val GELU: Activation = Gelu
    @JvmField public val GELU_TANH: Activation = GeluTanh
    @JvmField public val QUICK_GELU: Activation = QuickGelu
    @JvmField public val SILU: Activation = Silu
    @JvmField public val SQUARED_RELU: Activation = SquaredRelu
    @JvmField public val ELU: Activation = Elu
    @JvmField public val SOFTPLUS: Activation = Softplus
    @JvmField public val SIGMOID: Activation = Sigmoid
    @JvmField public val TANH: Activation = Tanh
    @JvmField public val IDENTITY: Activation = Identity

    @JvmField public val KAIMING_UNIFORM: Initializer = KaimingUniform
    @JvmField public val KAIMING_NORMAL: Initializer = KaimingNormal

    @JvmField public val OWN: Sharing = Own
    @JvmField public val SHARED: Sharing = Shared

    @JvmField public val ELU_PLUS_ONE: FeatureMap = EluPlusOne

    @JvmField public val MEAN_OF_HEADS: CopyHeads = CopyHeads.Mean

    @JvmField public val NO_DECAY: Decay = Decay.None

    @JvmField public val NOT_SCALED: RotaryScaling = RotaryScaling.None
}
