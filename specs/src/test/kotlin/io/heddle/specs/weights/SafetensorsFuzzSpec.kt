package io.heddle.specs.weights

import io.heddle.check.ProblemsException
import io.heddle.runtime.weights.SafetensorsFile
import io.heddle.runtime.weights.TensorReader
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.longs.shouldBeLessThan
import java.lang.management.ManagementFactory
import kotlin.io.path.writeBytes
import kotlin.random.Random

class SafetensorsFuzzSpec :
    FunSpec({
        val header =
            "{\"__metadata__\":{\"format\":\"pt\"},${entry("a.weight", "F32", listOf(2, 3), 0, 24)}," +
                "${entry("b", "I64", listOf(), 24, 32)},${entry("c", "BF16", listOf(4), 32, 40)}}"
        val whole = safetensors(header, ByteArray(40) { it.toByte() })
        val pieces =
            listOf("[", "{", "\"", ",", ":", "-1", "9999999999999999999", "1e3", "null", "\\", "\\ud800", "F16")

        fun Random.mutated(): ByteArray {
            val bytes = whole.toMutableList()
            repeat(nextInt(1, 4)) {
                val place = nextInt(bytes.size)
                when (nextInt(6)) {
                    0 -> bytes[place] = nextInt().toByte()
                    1 -> bytes[place] = (bytes[place].toInt() xor (1 shl nextInt(8))).toByte()
                    2 -> bytes.removeAt(place)
                    3 -> bytes.addAll(place, pieces.random(this).toByteArray().toList())
                    4 -> bytes.subList(place, bytes.size).clear()
                    else -> bytes.addAll(place, bytes.subList(place, minOf(bytes.size, place + 20)).toList())
                }
                if (bytes.isEmpty()) return ByteArray(0)
            }
            val result = bytes.toByteArray()
            // Half of them get a length that fits again, or the JSON itself would seldom be reached.
            if (result.size > 8 && nextBoolean()) {
                littleEndian(8) { putLong((header.length + result.size - whole.size).toLong()) }.copyInto(result)
            }
            return result
        }

        test("a damaged file is read or refused with a problem, and never takes more memory than it has bytes for") {
            val folder = tempdir().toPath()
            val random = Random(20261120)
            val threads = ManagementFactory.getThreadMXBean() as com.sun.management.ThreadMXBean
            var read = 0
            var refused = 0
            repeat(2_000) { round ->
                val bytes = random.mutated()
                // A new file each time: cutting one short that may still be mapped waits for the disk.
                val path = folder.resolve("$round.safetensors")
                path.writeBytes(bytes)
                val before = threads.currentThreadAllocatedBytes
                try {
                    val file = SafetensorsFile.open(path)
                    file.names().forEach { TensorReader.doubles(file, it) }
                    read++
                } catch (problems: ProblemsException) {
                    withClue(problems) { problems.problems.size shouldBeGreaterThan 0 }
                    refused++
                }
                withClue("round $round") { threads.currentThreadAllocatedBytes - before shouldBeLessThan 4_000_000L }
            }
            read shouldBeGreaterThan 20
            refused shouldBeGreaterThan 1_000
        }
    })
