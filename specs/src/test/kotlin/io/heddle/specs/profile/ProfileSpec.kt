package io.heddle.specs.profile

import io.heddle.describe.Cost
import io.heddle.graph.Op
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.model.TrainingProgram
import io.heddle.runtime.profile.ChromeTrace
import io.heddle.runtime.profile.MachineLimits
import io.heddle.runtime.profile.Profile
import io.heddle.runtime.program.Engine
import io.heddle.specs.train.smallDecoder
import io.heddle.specs.train.smallReverser
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeSorted
import io.kotest.matchers.doubles.shouldBeGreaterThan
import io.kotest.matchers.longs.shouldBeGreaterThanOrEqual
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.double
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** A profile leaves out nothing that a step does. */
class ProfileSpec :
    FunSpec({
        val engine = autoClose(Engine.cpu(2))

        test("every node that computes has its time and its operations, in the order of the program") {
            for (model in listOf(smallDecoder(rate = 0.1), smallReverser())) {
                val sizes = mapOf("batch" to 2L, "text" to 8L, "source" to 5L, "target" to 6L)
                val program = TrainingProgram.of(RunnableModel.initialized(model, engine, 1)).executable().bind(sizes)
                val graph = program.executable().graph()
                val profile = Profile.of(program, 3)
                profile.entries().map { it.node() } shouldBe
                    graph.nodes.filter { it.op !is Op.Source && it.op !is Op.Constant }
                profile.entries().sumOf { it.operations() } shouldBe
                    Cost.operations(graph).evaluate(program.sizes().bindings()).toDouble()
                profile.entries().forEach { it.nanoseconds() shouldBeGreaterThanOrEqual 0 }
            }
        }

        test("a trace is an event for each, one after the other") {
            val runnable = RunnableModel.initialized(smallDecoder(), engine, 1)
            val program = TrainingProgram.of(runnable).executable().bind(mapOf("batch" to 2L, "text" to 8L))
            val profile = Profile.of(program, 1)
            val events =
                Json.parseToJsonElement(ChromeTrace.text(profile.lastRun())).jsonObject["traceEvents"]!!.jsonArray
            events.size shouldBe profile.lastRun().size
            events.map { it.jsonObject["ts"]!!.jsonPrimitive.double }.shouldBeSorted()
            events.first().jsonObject["args"]!!.jsonObject["path"]!!.jsonPrimitive.content shouldBe "text"
        }

        test("the machine's limits are measured, and bound a time from below by the slower of both") {
            val measured = MachineLimits.measured(1, 0.05)
            measured.operations() shouldBeGreaterThan 1e8
            measured.bytes() shouldBeGreaterThan 1e8
            MachineLimits(1e9, 1e6).seconds(2e9, 1e6) shouldBe 2.0
            MachineLimits(1e9, 1e6).seconds(1e9, 3e6) shouldBe 3.0
        }
    })
