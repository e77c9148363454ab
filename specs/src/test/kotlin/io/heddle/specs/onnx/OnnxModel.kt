package io.heddle.specs.onnx

import java.nio.ByteBuffer
import java.nio.ByteOrder
import org.nd4j.linalg.api.ndarray.INDArray
import org.nd4j.linalg.factory.Nd4j

/**
 * The weights in a model of ONNX (`onnx.proto`: a model's graph is its field 7, a graph's nodes are its fields 1, its
 * weights its fields 5), as PyTorch wrote them.
 */
class OnnxModel(bytes: ByteArray) {
    private val graph = ProtoMessage(bytes).messages(GRAPH).single()
    private val stored = graph.messages(WEIGHT).associate { it.text(TENSOR_NAME) to it }

    /**
     * Every real tensor by the name that the model's module has for it. The matrices of linear maps lost theirs on the
     * way into the file, where they lie as `[inputs, outputs]`; they are called after the product that reads them.
     */
    fun tensors(): Map<String, INDArray> {
        val matrices =
            graph
                .messages(NODE)
                .filter { it.text(OPERATOR) == "MatMul" }
                .filter { it.texts(NODE_INPUT)[1] in stored }
                .associate { it.texts(NODE_INPUT)[1] to moduleOf(it.text(NODE_NAME)) }
        return stored
            .filterValues { it.number(TENSOR_TYPE) == FLOAT }
            .map { (name, tensor) ->
                val module = matrices[name]
                if (module == null) name to array(tensor) else "$module.weight" to array(tensor).transpose()
            }
            .toMap()
    }

    /** The names of tensors of whole numbers. */
    fun wholeNumbers(): List<String> = stored.filterValues { it.number(TENSOR_TYPE) != FLOAT }.keys.toList()

    /** `/encoder/layer.0/output/dense/MatMul` is of `encoder.layer.0.output.dense`. */
    private fun moduleOf(node: String): String = node.removePrefix("/").removeSuffix("/MatMul").replace('/', '.')

    private fun array(tensor: ProtoMessage): INDArray {
        val floats = tensor.bytes(TENSOR_BYTES).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer()
        val numbers = FloatArray(floats.remaining()).also { floats.get(it) }
        return Nd4j.createFromArray(*numbers).reshape(*tensor.numbers(TENSOR_SHAPE).toLongArray())
    }

    private companion object {
        const val GRAPH = 7
        const val NODE = 1
        const val WEIGHT = 5
        const val NODE_INPUT = 1
        const val NODE_NAME = 3
        const val OPERATOR = 4
        const val TENSOR_SHAPE = 1
        const val TENSOR_TYPE = 2
        const val TENSOR_NAME = 8
        const val TENSOR_BYTES = 9
        const val FLOAT = 1L
    }
}

/** A message of protocol buffers, read as its wire format says: numbered fields, each a whole number or bytes. */
private class ProtoMessage(private val content: ByteBuffer) {
    constructor(bytes: ByteArray) : this(ByteBuffer.wrap(bytes))

    private class Field(val number: Int, val value: Long, val bytes: ByteBuffer)

    private val fields: List<Field> = buildList {
        val rest = content.duplicate()
        while (rest.hasRemaining()) {
            val key = rest.whole()
            val number = (key shr 3).toInt()
            when (val kind = (key and 7).toInt()) {
                0 -> add(Field(number, rest.whole(), NOTHING))
                1 -> add(Field(number, 0, rest.taken(8)))
                2 -> add(Field(number, 0, rest.taken(rest.whole().toInt())))
                5 -> add(Field(number, 0, rest.taken(4)))
                else -> error("There is no field of kind $kind.")
            }
        }
    }

    private fun all(field: Int) = fields.filter { it.number == field }

    fun messages(field: Int): List<ProtoMessage> = all(field).map { ProtoMessage(it.bytes) }

    fun bytes(field: Int): ByteBuffer = all(field).single().bytes.duplicate()

    fun texts(field: Int): List<String> = all(field).map { Charsets.UTF_8.decode(it.bytes.duplicate()).toString() }

    fun text(field: Int): String = texts(field).singleOrNull().orEmpty()

    fun number(field: Int): Long = all(field).single().value

    fun numbers(field: Int): List<Long> = all(field).map { it.value }

    private companion object {
        val NOTHING: ByteBuffer = ByteBuffer.allocate(0)

        /** Seven bits a byte, the lowest first; the eighth says that more follow. */
        fun ByteBuffer.whole(): Long {
            var number = 0L
            var shift = 0
            do {
                val byte = get().toInt()
                number = number or ((byte and 0x7f).toLong() shl shift)
                shift += 7
            } while (byte and 0x80 != 0)
            return number
        }

        fun ByteBuffer.taken(count: Int): ByteBuffer = slice(position(), count).also { position(position() + count) }
    }
}
