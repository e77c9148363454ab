package io.heddle.huggingface

import io.heddle.model.Model
import io.heddle.terms.Activation
import io.heddle.terms.Gelu
import io.heddle.terms.GeluTanh
import io.heddle.terms.QuickGelu
import io.heddle.terms.Relu
import io.heddle.terms.Sigmoid
import io.heddle.terms.Silu
import io.heddle.terms.SquaredRelu
import io.heddle.terms.Tanh

/** How the models of one `model_type` are described. */
internal interface Family {
    /** What `model_type` says. */
    val type: String

    /**
     * What the names of the body's tensors begin with where a head stands beside it; checkpoints of a body leave it
     * out.
     */
    val prefix: String

    /** Keys that mean something here, while other families have one value for them. */
    val own: Set<String>
        get() = emptySet()

    /** The model that [config] describes; [tensors] tell which heads it has. */
    fun model(config: Config, tensors: Tensors): Model
}

/** The names of a checkpoint's tensors, each with its family's prefix. */
internal class Tensors(private val names: Set<String>) {
    operator fun contains(name: String): Boolean = name in names
}

/** The words of Hugging Face transformers for activations (`activations.py`, `ACT2FN`). */
internal val activations: Map<String, Activation> =
    mapOf(
        "gelu" to Gelu,
        "gelu_python" to Gelu,
        "gelu_new" to GeluTanh,
        "gelu_fast" to GeluTanh,
        "gelu_pytorch_tanh" to GeluTanh,
        "quick_gelu" to QuickGelu,
        "relu" to Relu,
        "relu2" to SquaredRelu,
        "silu" to Silu,
        "swish" to Silu,
        "sigmoid" to Sigmoid,
        "tanh" to Tanh,
    )

/** How many classes a classifier tells apart: as many as have a name, or 2. */
internal fun Config.classes(): Int = sizeOf("id2label") ?: count("num_labels", 2)
