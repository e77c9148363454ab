package io.heddle.specs.record

import io.heddle.runtime.record.EventFile
import io.heddle.runtime.record.EventFile.Event
import io.heddle.runtime.record.EventFile.Scalar
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.createParentDirectories
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readBytes
import kotlin.io.path.writeText
import kotlin.random.Random

class EventFileSpec :
    FunSpec({
        test("the bytes are those that TensorBoard itself writes") {
            val file = tempdir().toPath().resolve("events")
            EventFile.write(
                file,
                1763750000.25,
                listOf(
                    Event(1763750000.25, 0, listOf(Scalar("validation loss", 4.165f))),
                    Event(
                        1763750001.5,
                        1,
                        listOf(Scalar("loss", Float.NaN), Scalar("gradient norm/decoder/3/attention", 0f)),
                    ),
                    Event(1763750002.0, 300, listOf(Scalar("loss", Float.POSITIVE_INFINITY), Scalar("größe", -1.5f))),
                    Event(1763750003.0, (1L shl 40) + 1, listOf(Scalar("loss", 1e-40f))),
                ),
            )
            file.readBytes() shouldBe Path.of("src/test/resources/tensorboard/events.bin").readBytes()
        }

        test("TensorFlow's published messages read back every event") {
            val random = Random(5)
            val events =
                List(200) {
                    val scalars =
                        List(random.nextInt(4)) { at -> Scalar("metric $at", Float.fromBits(random.nextInt())) }
                    Event(random.nextDouble() * 2e9, random.nextLong(), scalars)
                }
            val file = tempdir().toPath().resolve("events")
            EventFile.write(file, 12.5, events)
            PublishedEvents.of(file) shouldBe PublishedEvents(12.5, "brain.Event:2", events)
        }

        test("a file without events is one that TensorBoard finds nothing in; it replaces what was there") {
            val file = tempdir().toPath().resolve("runs/1").resolve(EventFile.NAME).createParentDirectories()
            file.writeText("old")
            EventFile.write(file, 0.0, listOf())
            PublishedEvents.of(file) shouldBe PublishedEvents(0.0, "brain.Event:2", listOf())
            file.parent.listDirectoryEntries().map { it.name } shouldBe listOf("events.out.tfevents.heddle")
        }
    })
