package io.heddle.specs.engine.cpu

import io.heddle.runtime.backend.cpu.Dropout
import io.heddle.runtime.backend.cpu.PhiloxLanes
import io.heddle.runtime.random.DropoutStream
import io.heddle.runtime.random.Philox
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.ints.shouldBeInRange
import io.kotest.matchers.shouldBe

private fun block(seed: Long, stream: Long, block: Long): List<Int> {
    val buffer = Floats.zeros(PhiloxLanes.room(4))
    PhiloxLanes.blocks(seed, stream, block, 1, buffer.address)
    return buffer.bits().take(4)
}

private fun words(vararg hex: Long) = hex.map { it.toInt() }

class DropoutSpec :
    FunSpec({
        test("random words are the known answers of Random123") {
            block(0, 0, 0) shouldBe words(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)
            block(-1, -1, -1) shouldBe words(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)
            block(0x299f31d0a4093822, 0x0370734413198a2e, 0x85a308d3243f6a88uL.toLong()) shouldBe
                words(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)
        }

        test("words drawn together are those drawn one by one, wherever they begin") {
            for (first in listOf(0L, 1, 2, 3, 4, 1001, (1L shl 34) - 7)) {
                for (count in listOf(1, 2, 5, 31, 32, 33, 100)) {
                    val buffer = Floats.zeros(PhiloxLanes.room(count))
                    val start = PhiloxLanes.words(-7, 1L shl 40, first, count, buffer.address)
                    buffer.shouldBeIntact()
                    val skipped = ((start - buffer.address) / 4).toInt()
                    buffer.bits().drop(skipped).take(count) shouldBe
                        List(count) { Philox.word(-7, 1L shl 40, first + it) }
                }
            }
        }

        test("exactly the elements of the stream are kept and scaled, by any number of workers, also in place") {
            for (rate in listOf(0.0, 0.1, 0.3, 0.7, 0.9, 0.999)) {
                val stream = DropoutStream.of("hidden", rate, 3, 9)
                val dropout = Dropout.of(stream, rate)
                val x = Floats.random(2001, 1)
                val y = Floats.unset(x.size)
                withWorkers(x.size) { from, to, _ -> dropout.apply(x.address, y.address, from, to) }
                y.shouldBeNear(DoubleArray(x.size) { if (stream.keeps(it.toLong())) x[it] / (1 - rate) else 0.0 }, 1e-6)
                (0 until x.size).count { y[it] != 0f } shouldBeInRange
                    ((1 - rate) * 2001 - 70).toInt()..((1 - rate) * 2001 + 70).toInt()
                dropout.apply(x.address, x.address, 0, x.size)
                x.bits() shouldBe y.bits()
            }
        }

        test("a dropped NaN or infinity is 0") {
            val dropout = Dropout.of(DropoutStream.of("hidden", 0.5, 3, 9), 0.5)
            val ones = Floats(64) { 1f }
            val wild = Floats(64) { if (it % 2 == 0) Float.NaN else Float.POSITIVE_INFINITY }
            dropout.apply(ones.address, ones.address, 0, 64)
            dropout.apply(wild.address, wild.address, 0, 64)
            for (i in 0 until 64) (wild[i] == 0f) shouldBe (ones[i] == 0f)
        }
    })
