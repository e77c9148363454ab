package io.heddle.specs.exchange

import io.heddle.dims.Dim
import io.heddle.graph.Graph
import io.heddle.graph.GraphBuilder
import io.heddle.graph.Op
import io.heddle.graph.Role
import io.heddle.graph.Shape
import io.heddle.graph.Start
import io.heddle.runtime.exchange.WeightImport
import io.heddle.runtime.exchange.WeightNames
import io.heddle.runtime.program.ParameterLayout
import io.heddle.runtime.weights.SafetensorsFile
import io.heddle.specs.language.shouldRead
import io.heddle.specs.language.told
import io.heddle.specs.weights.entry
import io.heddle.specs.weights.littleEndian
import io.heddle.specs.weights.safetensors
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import kotlin.io.path.writeBytes
import org.nd4j.linalg.api.buffer.DataType

/** Weights of other programs are read by a text of names, and nothing is taken on trust. */
class WeightImportSpec :
    FunSpec({
        val folder = tempdir().toPath()

        /** A file whose tensors hold 0, 1, 2, ... */
        fun file(vararg tensors: Pair<String, List<Long>>, fill: (Int) -> Double = { it.toDouble() }): SafetensorsFile {
            var end = 0L
            val entries =
                tensors.map { (name, shape) ->
                    val begin = end
                    end += 8 * shape.fold(1L, Long::times)
                    entry(name, "F64", shape, begin, end)
                }
            val data =
                littleEndian(end.toInt()) {
                    tensors.forEach { (_, shape) ->
                        repeat(shape.fold(1L, Long::times).toInt()) { putDouble(fill(it)) }
                    }
                }
            val path = folder.resolve("other.safetensors")
            path.writeBytes(safetensors("{${entries.joinToString(",")}}", data))
            return SafetensorsFile.open(path)
        }

        fun layout(vararg weights: Pair<String, List<Long>>): ParameterLayout {
            val graph: Graph =
                GraphBuilder().run {
                    weights.forEach { (name, shape) ->
                        first(Op.Parameter(name, Shape(shape.map { Dim.of(it) }), Start.Zeros, Role.Matrix), name)
                    }
                    build()
                }
            return ParameterLayout.of(graph)
        }

        fun read(names: String, layout: ParameterLayout, file: SafetensorsFile) =
            WeightImport.read(layout, file, WeightNames.parse(names.trimIndent(), "other.names"), DataType.DOUBLE)
                .mapValues { (_, value) -> value.dup('c').data().asDouble().toList() }

        fun toldOf(names: String, layout: ParameterLayout, file: SafetensorsFile) =
            told { read(names, layout, file) }.replace("$folder/", "")

        test("a star is a layer's number, a choice in braces a line for each") {
            val layout =
                layout("a/0/query/weight" to listOf(2), "a/0/key/weight" to listOf(2), "a/10/key/weight" to listOf(1))
            val file = file("l.0.q" to listOf(2), "l.0.k" to listOf(2), "l.10.k" to listOf(1))
            read("a/*/{query,key}/weight = l.*.{q,k}", layout, file).keys shouldBe layout.entries().keys
        }

        test("parts of a tensor that lies the other way round") {
            val layout = layout("query" to listOf(2, 3), "key" to listOf(2, 3))
            // [3, 4], of which the first two columns are the query's.
            read("{query,key} = joined : transposed, part {1,2} of 2", layout, file("joined" to listOf(3, 4))) shouldBe
                mapOf("query" to listOf(0.0, 4.0, 8.0, 1.0, 5.0, 9.0), "key" to listOf(2.0, 6.0, 10.0, 3.0, 7.0, 11.0))
        }

        test("parts of a vector") {
            read(
                "{query,key} = joined : part {1,2} of 2",
                layout("query" to listOf(1), "key" to listOf(1)),
                file("joined" to listOf(2)),
            ) shouldBe mapOf("query" to listOf(0.0), "key" to listOf(1.0))
        }

        test("axes in another order, and two of them as one") {
            // A patch of 2 channels and 1 x 2 pixels becomes pixels of 2 channels.
            read(
                "patches = conv : axes 0 2 3 1",
                layout("patches" to listOf(1, 4)),
                file("conv" to listOf(1, 2, 1, 2)),
            ) shouldBe mapOf("patches" to listOf(0.0, 2.0, 1.0, 3.0))
        }

        test("a weight of which each row is a tensor") {
            read(
                "experts[*] = expert_*",
                layout("experts" to listOf(2, 2)),
                file("expert_0" to listOf(2), "expert_1" to listOf(2)),
            ) shouldBe mapOf("experts" to listOf(0.0, 1.0, 0.0, 1.0))
        }

        test("a tensor belongs to the first line whose weight the model has") {
            val names =
                """
                head = lm_head
                table = table
                table = lm_head
                """
            val file = file("table" to listOf(2), "lm_head" to listOf(2))
            read(names, layout("table" to listOf(2)), file).keys shouldBe setOf("table")
            read(names, layout("table" to listOf(2), "head" to listOf(2)), file).keys shouldBe setOf("table", "head")
        }

        test("what Heddle has no use for is named, whole families of it too") {
            val file = file("w" to listOf(1), "h.0.mask" to listOf(4), "backbone.a.b" to listOf(1), "bias" to listOf(1))
            read("w = w\nnothing = h.*.mask\nnothing = backbone.**\nzeros = bias", layout("w" to listOf(1)), file)
                .keys shouldBe setOf("w")
        }

        test("a shape that does not fit is told with how it was taken") {
            val layout = layout("query" to listOf(3, 3), "key" to listOf(2, 3))
            val names = "{query,key} = joined : transposed, part {1,2} of 2"
            toldOf(names, layout, file("joined" to listOf(3, 4))) shouldRead
                """
                other.safetensors: tensor "joined" has another shape than the model's weight
                  tensor = [3, 4], axes 1 0, part 1 of 2
                  query = [3, 3]
                  Change the model's sizes, or say how the tensor lies: ": transposed", ": axes 0 2 3 1".
                """
        }

        test("everything that does not fit is told at once") {
            val layout = layout("query" to listOf(2, 2), "key" to listOf(2), "gain" to listOf(2), "table" to listOf(1))
            val names =
                """
                query = q
                gain = norm
                table = table
                table = head
                zeros = final
                """
            val file =
                file(
                    "q" to listOf(3, 2),
                    "table" to listOf(1),
                    "head" to listOf(1),
                    "final" to listOf(1),
                    "more" to listOf(1, 5),
                ) {
                    it + 1.0
                }
            toldOf(names, layout, file) shouldRead
                """
                other.safetensors: tensor "q" has another shape than the model's weight
                  tensor = [3, 2]
                  query = [2, 2]
                  Change the model's sizes, or say how the tensor lies: ": transposed", ": axes 0 2 3 1".

                other.safetensors: weight "key" is missing
                  model = [2]
                  other.names has no name for it. Add a line "key = ...".

                other.safetensors: weight "gain" is missing
                  model = [2]
                  There is no tensor norm. Check whether the file belongs to this model.

                other.safetensors: tensor "final" should be zero and is not
                  The model has no place for it. Describe a model that has.

                other.safetensors: tensor "more" is left over
                  tensor = [1, 5]
                  Give it to a weight in other.names, or say there "nothing = more".
                """
        }

        test("what is there twice is there with the same numbers") {
            var next = 0.0
            val file = file("table" to listOf(1), "head" to listOf(1)) { next++ }
            toldOf("table = table\ntable = head", layout("table" to listOf(1)), file) shouldRead
                """
                other.safetensors: weight "table" is there twice, with different numbers
                  first = table
                  second = head
                  The model has one weight for both. Describe it with two, or take another file.
                """
        }

        test("a joined tensor of which a part is left") {
            toldOf("query = joined : part 1 of 2", layout("query" to listOf(1)), file("joined" to listOf(2))) shouldRead
                """
                other.safetensors: tensor "joined" is left over
                  tensor = [2]
                  Give it to a weight in other.names, or say there "nothing = joined".
                """
        }

        test("every line of names that cannot be read is told") {
            val names =
                """
                query
                a/*/query = q
                {a,b} = {c,d,e}
                a = b : sideways
                a = b : part 3 of 2
                a = b : axes 0 0
                """
            told { WeightNames.parse(names.trimIndent(), "other.names") } shouldRead
                """
                other.names:1: this line of names cannot be read
                  line = query
                  A line is "ours = theirs", "ours = theirs : transposed", "ours = theirs : part 1 of 3", "nothing = theirs" or "zeros = theirs".

                other.names:2: this line of names cannot be read
                  line = a/*/query = q
                  Both sides need the same number of stars: a star is a layer's number.

                other.names:3: this line of names cannot be read
                  line = {a,b} = {c,d,e}
                  Both sides have to offer the same number of names in {...}.

                other.names:4: this line of names cannot be read
                  line = a = b : sideways
                  After the colon stand "transposed", "axes 0 2 3 1" and "part 1 of 3".

                other.names:5: this line of names cannot be read
                  line = a = b : part 3 of 2
                  Parts are counted from 1 on.

                other.names:6: this line of names cannot be read
                  line = a = b : axes 0 0
                  Axes are counted from 0 on, each once.
                """
        }
    })
