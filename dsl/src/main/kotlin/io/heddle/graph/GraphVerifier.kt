package io.heddle.graph

import io.heddle.check.Fact
import io.heddle.check.Problem

/**
 * What makes a graph legal: every value has one maker, every node comes after what it reads, every type is what its
 * op's shape rule says, and every output exists. It runs after lowering and after every pass; a problem here is a
 * defect of the one that ran before.
 */
public object GraphVerifier {
    /** All that is wrong with [graph]; empty for a legal one. */
    @JvmStatic
    public fun problems(graph: Graph): List<Problem> {
        val made = HashMap<Int, Value>()
        val names = HashMap<String, Node>()
        return buildList {
            graph.nodes.forEach { node ->
                addAll(node.inputs.filter { made[it.id] != it }.map { unmade(node, it) })
                addAll(wrongTypes(node))
                node.outputs.forEach { if (made.put(it.id, it) != null) add(problem(node, "value $it is made twice")) }
                (node.op as? Op.Source)?.let { source ->
                    if (names.put(source.name, node) != null)
                        add(problem(node, "another node is named \"${source.name}\""))
                }
            }
            graph.outputs
                .filter { (_, value) -> made[value.id] != value }
                .forEach { (name, value) -> add(Problem("output $name", "value $value is never made", "")) }
        }
    }

    /** Nothing for a legal graph. */
    @JvmStatic
    public fun verify(graph: Graph, after: String) {
        val problems = problems(graph)
        check(problems.isEmpty()) { "The graph is broken after $after:\n" + problems.joinToString("\n") }
    }

    private fun unmade(node: Node, value: Value) = problem(node, "reads $value before it is made, or with another type")

    private fun wrongTypes(node: Node): List<Problem> {
        val expected =
            try {
                node.op.outputTypes(node.inputs.map { it.type })
            } catch (mismatch: ShapeMismatch) {
                return listOf(Problem(node.path, mismatch.message.orEmpty(), ""))
            }
        val actual = node.outputs.map { it.type }
        if (actual == expected) return emptyList()
        val facts = listOf(Fact("given", actual.joinToString()), Fact("shape rule", expected.joinToString()))
        return listOf(
            Problem(node.path, "the outputs of ${node.op} have other types than its shape rule says", facts, "")
        )
    }

    private fun problem(node: Node, title: String) = Problem(node.path, "$title: $node", "")
}
