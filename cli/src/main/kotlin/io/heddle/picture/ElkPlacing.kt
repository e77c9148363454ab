package io.heddle.picture

import io.heddle.draw.Bend
import io.heddle.draw.Block
import io.heddle.draw.Level
import io.heddle.draw.Placed
import io.heddle.draw.Placing
import io.heddle.draw.PortSide
import io.heddle.draw.Spot
import io.heddle.draw.Way
import io.heddle.draw.Wire
import java.util.EnumSet
import org.eclipse.elk.alg.layered.options.LayerConstraint
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider
import org.eclipse.elk.alg.layered.options.LayeredOptions
import org.eclipse.elk.alg.layered.options.LayeringStrategy
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy
import org.eclipse.elk.alg.layered.options.OrderingStrategy
import org.eclipse.elk.alg.layered.options.WrappingStrategy
import org.eclipse.elk.core.RecursiveGraphLayoutEngine
import org.eclipse.elk.core.data.LayoutMetaDataService
import org.eclipse.elk.core.math.ElkPadding
import org.eclipse.elk.core.options.Alignment
import org.eclipse.elk.core.options.CoreOptions
import org.eclipse.elk.core.options.Direction
import org.eclipse.elk.core.options.EdgeRouting
import org.eclipse.elk.core.options.PortConstraints
import org.eclipse.elk.core.options.PortSide as ElkSide
import org.eclipse.elk.core.options.SizeConstraint
import org.eclipse.elk.core.util.BasicProgressMonitor
import org.eclipse.elk.graph.ElkConnectableShape
import org.eclipse.elk.graph.ElkEdge
import org.eclipse.elk.graph.ElkNode
import org.eclipse.elk.graph.util.ElkGraphUtil

/** Places blocks in layers from the bottom up, by the layered algorithm of the Eclipse Layout Kernel. */
public object ElkPlacing : Placing {
    init {
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(CoreOptions(), LayeredMetaDataProvider())
    }

    override fun place(blocks: List<Block>, wires: List<Wire>): Placed {
        val upright = ElkGraph(blocks)
        val placed = place(upright, wires)
        val tall = upright.root.height > TALL * upright.root.width && blocks.all { it.height * 2 < upright.root.height }
        return if (tall && wires.none { isSide(it, blocks) }) place(ElkGraph(blocks).wrapped(), wires) else placed
    }

    /** ELK knows no distance from the points at which it breaks a column to ports at the sides of blocks. */
    private fun isSide(wire: Wire, blocks: List<Block>): Boolean =
        blocks.any { block ->
            block.ports
                .filter { it.side == PortSide.Left || it.side == PortSide.Right }
                .any { "${block.name}:${it.name}" in setOf(wire.from, wire.to) }
        }

    private fun place(graph: ElkGraph, wires: List<Wire>): Placed {
        val routes = wires.associate { it.name to graph.wire(it) }
        RecursiveGraphLayoutEngine().layout(graph.root, BasicProgressMonitor())
        val places = graph.nodes.mapValues { (_, node) -> Spot(node.x, node.y) }
        return Placed(places, routes.mapValues { (_, edges) -> shortened(corners(edges), graph.nodes.values) })
    }

    /** The way along the first edge, and back along the second where there is one. */
    private fun corners(edges: List<ElkEdge>): List<Spot> {
        val there = corners(edges.first())
        val back = edges.drop(1).flatMap { corners(it).reversed() }
        return straightened(there + back)
    }

    /** Straight across, for a way that leads up and down again though none of [nodes] stands between its ends. */
    private fun shortened(corners: List<Spot>, nodes: Collection<ElkNode>): List<Spot> {
        val (start, rise, _, _, fall) = corners.takeIf { goesOver(it) } ?: return corners
        val end = corners.last()
        val y = minOf(start.y, end.y)
        val (left, right) = minOf(rise.x, fall.x) to maxOf(rise.x, fall.x)
        return when {
            nodes.any { isOn(it, left, right, y) } -> corners
            start.y <= end.y -> listOf(start, Spot(fall.x, y), fall, end)
            else -> listOf(start, rise, Spot(rise.x, y), end)
        }
    }

    /** Whether a way leads out at one side, up, over, down and in at another side. */
    private fun goesOver(corners: List<Spot>): Boolean {
        if (corners.size != TURNS) return false
        val (start, rise, top, over, fall) = corners
        val end = corners.last()
        val turns = same(start.y, rise.y) && same(rise.x, top.x) && same(over.x, fall.x) && same(fall.y, end.y)
        return turns && top.y <= minOf(start.y, end.y)
    }

    /** Whether a level line at [y] from [left] to [right] leads through [node]. */
    private fun isOn(node: ElkNode, left: Double, right: Double, y: Double): Boolean {
        val (far, deep) = node.x + node.width to node.y + node.height
        return node.x < right && left < far && node.y < y && y < deep
    }

    private fun corners(edge: ElkEdge): List<Spot> {
        val section = edge.sections.first()
        val bends = section.bendPoints.map { Spot(it.x, it.y) }
        return listOf(Spot(section.startX, section.startY)) + bends + Spot(section.endX, section.endY)
    }

    /** The corners at which a way turns: one that goes on, or goes back on itself, is left out. */
    private fun straightened(corners: List<Spot>): List<Spot> {
        val kept = mutableListOf<Spot>()
        corners.forEach { corner ->
            while (kept.size > 1 && isStraight(kept[kept.size - 2], kept.last(), corner)) kept.removeLast()
            if (kept.lastOrNull() != corner) kept += corner
        }
        return kept
    }

    private fun isStraight(one: Spot, two: Spot, three: Spot) =
        same(one.x, two.x) && same(two.x, three.x) || same(one.y, two.y) && same(two.y, three.y)

    private fun same(one: Double, other: Double) = Math.abs(one - other) < NEAR

    private const val NEAR = 0.01

    /** The corners of a way that leads up, over and down, with its ends. */
    private const val TURNS = 6

    /** A picture that is this many times as high as it is wide would fit no page. */
    private const val TALL = 5.0
}

/** The graph that ELK is given. */
private class ElkGraph(blocks: List<Block>) {
    val root: ElkNode = ElkGraphUtil.createGraph()
    val nodes = LinkedHashMap<String, ElkNode>()
    private val ports = HashMap<String, ElkConnectableShape>()

    init {
        root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID)
        root.setProperty(CoreOptions.DIRECTION, Direction.UP)
        root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL)
        root.setProperty(CoreOptions.SEPARATE_CONNECTED_COMPONENTS, false)
        root.setProperty(CoreOptions.RANDOM_SEED, 1)
        root.setProperty(CoreOptions.PADDING, ElkPadding(0.0))
        root.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX)
        root.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.NODES_AND_EDGES)
        root.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_CROSSING_COUNTER_NODE_INFLUENCE, 0.2)
        root.setProperty(LayeredOptions.LAYERING_STRATEGY, LayeringStrategy.LONGEST_PATH_SOURCE)
        root.setProperty(LayeredOptions.SPACING_NODE_NODE, BESIDE)
        root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, ABOVE)
        root.setProperty(LayeredOptions.SPACING_EDGE_NODE, WIRE)
        root.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, WIRE)
        root.setProperty(LayeredOptions.SPACING_EDGE_EDGE, WIRE)
        root.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, WIRE)
        blocks.forEach { add(it) }
    }

    /** In columns side by side. */
    fun wrapped(): ElkGraph = apply {
        root.setProperty(LayeredOptions.WRAPPING_STRATEGY, WrappingStrategy.MULTI_EDGE)
        root.setProperty(CoreOptions.ASPECT_RATIO, ASPECT)
    }

    private fun add(block: Block) {
        val node = ElkGraphUtil.createNode(root)
        node.setDimensions(block.width, block.height)
        fixed(node)
        if (block.level == Level.Ground) {
            node.setProperty(LayeredOptions.LAYERING_LAYER_CONSTRAINT, LayerConstraint.FIRST)
        }
        block.ports.forEach { port ->
            val shape = ElkGraphUtil.createPort(node)
            shape.setLocation(port.x, port.y)
            shape.setProperty(CoreOptions.PORT_SIDE, side(port.side))
            ports["${block.name}:${port.name}"] = shape
        }
        nodes[block.name] = node
    }

    private fun fixed(node: ElkNode) {
        node.setProperty(CoreOptions.PORT_CONSTRAINTS, PortConstraints.FIXED_POS)
        node.setProperty(CoreOptions.NODE_SIZE_CONSTRAINTS, EnumSet.noneOf(SizeConstraint::class.java))
        node.setProperty(CoreOptions.ALIGNMENT, Alignment.BOTTOM)
    }

    private fun side(side: PortSide): ElkSide =
        when (side) {
            PortSide.Top -> ElkSide.NORTH
            PortSide.Bottom -> ElkSide.SOUTH
            PortSide.Left -> ElkSide.WEST
            PortSide.Right -> ElkSide.EAST
        }

    /**
     * The edges of [wire]. One that goes over leads up to a point above both its ends, from each of them: so ELK finds
     * it a way between the blocks.
     */
    fun wire(wire: Wire): List<ElkEdge> {
        val (from, to) = ports.getValue(wire.from) to ports.getValue(wire.to)
        return when (wire.way) {
            Way.Up -> listOf(edge(from, to, wire.bend))
            Way.Over -> {
                val point = ElkGraphUtil.createNode(root)
                point.setDimensions(1.0, 1.0)
                point.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_NO_MODEL_ORDER, true)
                fixed(point)
                val port = ElkGraphUtil.createPort(point)
                port.setLocation(1.0 / 2, 1.0)
                port.setProperty(CoreOptions.PORT_SIDE, ElkSide.SOUTH)
                listOf(edge(from, port, wire.bend), edge(to, port, wire.bend))
            }
        }
    }

    private fun edge(from: ElkConnectableShape, to: ElkConnectableShape, bend: Bend): ElkEdge {
        val edge = ElkGraphUtil.createSimpleEdge(from, to)
        if (bend == Bend.Seldom) edge.setProperty(LayeredOptions.PRIORITY_STRAIGHTNESS, STRAIGHT)
        return edge
    }

    private companion object {
        const val BESIDE = 36.0
        const val ABOVE = 30.0
        const val WIRE = 14.0
        const val STRAIGHT = 100
        const val ASPECT = 1.25
    }
}
