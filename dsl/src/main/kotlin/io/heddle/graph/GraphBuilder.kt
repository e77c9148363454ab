package io.heddle.graph

/**
 * Writes a graph node by node; each output's type follows from the op's shape rule.
 *
 * Begin empty, or from the nodes of a graph that is to grow.
 */
public class GraphBuilder(start: List<Node>, private var nextId: Int) {
    private val nodes = start.toMutableList()
    private val outputs = LinkedHashMap<String, Value>()

    public constructor() : this(emptyList(), 0)

    public constructor(graph: Graph) : this(graph.nodes, graph.nextId)

    /**
     * Adds a node and gives its outputs.
     *
     * @throws ShapeMismatch when the inputs do not fit the op
     */
    public fun add(op: Op, inputs: List<Value>, path: String): List<Value> {
        val made = op.outputTypes(inputs.map { it.type }).map { Value(nextId++, it) }
        nodes += Node(op, inputs, made, path)
        return made
    }

    /** Adds a node of which the first output is wanted. */
    public fun first(op: Op, path: String, vararg inputs: Value): Value = add(op, inputs.toList(), path).first()

    /** Adds a node as it is, its values numbered by its maker. */
    public fun keep(node: Node) {
        nodes += node
        nextId = maxOf(nextId, 1 + (node.outputs.maxOfOrNull { it.id } ?: -1))
    }

    public fun output(name: String, value: Value) {
        require(outputs.put(name, value) == null) { "Two outputs are named \"$name\"." }
    }

    public fun build(): Graph = Graph(nodes.toList(), LinkedHashMap(outputs))
}
