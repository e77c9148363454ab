package io.heddle.graph

/** A tensor that one node of a graph makes; [id] is unique in its graph. */
public data class Value(val id: Int, val type: TensorType) {
    override fun toString(): String = "%$id"
}

/** One computation: [path] says which part of the model asked for it. */
public data class Node(val op: Op, val inputs: List<Value>, val outputs: List<Value>, val path: String) {
    /** The output of a node that has one. */
    public val output: Value
        get() = outputs.single()

    override fun toString(): String {
        val made = outputs.joinToString { "$it ${it.type}" }
        return "$made = $op(${inputs.joinToString()})  # $path"
    }
}

/**
 * What to compute: nodes in an order in which each comes after what it reads, and the named values that are wanted.
 *
 * A graph is immutable; a pass makes another one.
 */
public class Graph(public val nodes: List<Node>, public val outputs: Map<String, Value>) {
    /** The node that makes each value. */
    private val makers: Map<Int, Node> by lazy { nodes.flatMap { node -> node.outputs.map { it.id to node } }.toMap() }

    public fun maker(value: Value): Node = makers.getValue(value.id)

    /** The value named [name] among the [outputs]. */
    public fun output(name: String): Value =
        requireNotNull(outputs[name]) { "The graph has no output \"$name\", only ${outputs.keys.joinToString()}." }

    /** The nodes of inputs, in order. */
    public val inputs: List<Node>
        get() = nodes.filter { it.op is Op.Input }

    /** The nodes of weights, in order. */
    public val parameters: List<Node>
        get() = nodes.filter { it.op is Op.Parameter }

    /** A number above every id in use, for the values that a pass makes. */
    public val nextId: Int
        get() = 1 + (nodes.flatMap { it.outputs }.maxOfOrNull { it.id } ?: -1)

    override fun toString(): String = buildString {
        nodes.forEach { appendLine(it) }
        outputs.forEach { (name, value) -> appendLine("$name: $value ${value.type}") }
    }
}
