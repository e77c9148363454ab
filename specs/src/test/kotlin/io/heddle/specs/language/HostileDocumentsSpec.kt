package io.heddle.specs.language

import com.sun.management.ThreadMXBean
import io.heddle.check.ProblemsException
import io.heddle.json.ModelJson
import io.heddle.specs.cli.Desk
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.longs.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import java.lang.management.ManagementFactory

/**
 * A document takes no more memory than its length allows, however it is made, and every verb answers to it.
 *
 * A character may cost 200 bytes, all that is thrown away again included: what costs most is a run of layers, 23
 * characters that become a node with its keys, an element of the decoder and a layer, some 4,000 bytes in all. What
 * grows faster than its document would pass any such bound, so a document of four times the length may take at most
 * five times the memory.
 */
class HostileDocumentsSpec :
    StringSpec({
        val desk = autoClose(Desk())

        HostileDocuments.endless.forEach { (name, make) ->
            "$name: memory as its length allows" {
                val short = make(40_000)
                val long = make(160_000)
                readingTakes(short) // Classes are loaded once.
                val once = readingTakes(short)
                val more = readingTakes(long)
                once shouldBeLessThan short.length * BYTES_PER_CHARACTER + SPARE
                more shouldBeLessThan long.length * BYTES_PER_CHARACTER + SPARE
                more shouldBeLessThan 5 * once + SPARE
            }
        }

        HostileDocuments.few.forEach { (name, document) ->
            "$name: every verb answers" {
                desk.file("hostile.json", document)
                desk.file("tiny.json", ModelJson.write(Models.tiny()))
                readingTakes(document) shouldBeLessThan document.length * BYTES_PER_CHARACTER + SPARE
                listOf("check", "json", "summary", "equations", "draw", "diff").forEach { verb ->
                    val files = if (verb == "diff") arrayOf("tiny.json", "hostile.json") else arrayOf("hostile.json")
                    val ran = desk.heddle(verb, *files)
                    withClue({ "$verb says ${ran.err.take(500)}" }) {
                        ran.err shouldNotContain "defect"
                        ran.err.isEmpty() shouldBe (ran.status == 0)
                        (ran.status in 0..1) shouldBe true
                    }
                }
            }
        }
    })

private const val BYTES_PER_CHARACTER = 200L
private const val SPARE = 1L shl 20
private val threads = ManagementFactory.getThreadMXBean() as ThreadMXBean

/** How many bytes this thread allocates to read [document], which may be told to be wrong. */
private fun readingTakes(document: String): Long {
    val before = threads.currentThreadAllocatedBytes
    try {
        ModelJson.read(document, "hostile.json")
    } catch (_: ProblemsException) {
        // It was answered.
    }
    return threads.currentThreadAllocatedBytes - before
}
