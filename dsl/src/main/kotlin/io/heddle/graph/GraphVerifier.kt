package io.heddle.graph

import io.heddle.check.Fact
import io.heddle.check.Problem
import io.heddle.messages.GraphMessages

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
                node.outputs.forEach {
                    if (made.put(it.id, it) != null) add(GraphMessages.madeTwice("$it", "$node").at(node.path))
                }
                (node.op as? Op.Source)?.let { source ->
                    if (names.put(source.name, node) != null)
                        add(GraphMessages.sourcesShareAName(source.name, "$node").at(node.path))
                }
            }
            graph.outputs
                .filter { (_, value) -> made[value.id] != value }
                .forEach { (name, value) -> add(GraphMessages.neverMade("$value").at("output $name")) }
        }
    }

    /** Nothing for a legal graph. */
    @JvmStatic
    public fun verify(graph: Graph, after: String) {
        val problems = problems(graph)
        check(problems.isEmpty()) { "The graph is broken after $after:\n" + problems.joinToString("\n") }
    }

    private fun unmade(node: Node, value: Value) = GraphMessages.readBeforeMade("$value", "$node").at(node.path)

    private fun wrongTypes(node: Node): List<Problem> {
        val expected =
            try {
                node.op.outputTypes(node.inputs.map { it.type })
            } catch (mismatch: ShapeMismatch) {
                return listOf(GraphMessages.inputsDoNotFit(mismatch.message.orEmpty()).at(node.path))
            }
        val actual = node.outputs.map { it.type }
        if (actual == expected) return emptyList()
        val facts = listOf(Fact("given", actual.joinToString()), Fact("shape rule", expected.joinToString()))
        return listOf(GraphMessages.outputsHaveOtherTypes("${node.op}").at(node.path, facts))
    }
}
