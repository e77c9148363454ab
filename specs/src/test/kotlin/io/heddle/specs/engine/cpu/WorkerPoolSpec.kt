package io.heddle.specs.engine.cpu

import io.heddle.runtime.parallel.WorkerPool
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.atomic.AtomicIntegerArray

class WorkerPoolSpec :
    FunSpec({
        test("every element is done once, by ranges at the same places each time") {
            for (size in listOf(1, 2, 3, 7)) {
                WorkerPool(size).use { pool ->
                    for (count in listOf(0, 1, 2, 6, 7, 8, 100, 1001)) {
                        val done = AtomicIntegerArray(count)
                        val ranges = ConcurrentLinkedQueue<Triple<Int, Int, Int>>()
                        val again = ConcurrentLinkedQueue<Triple<Int, Int, Int>>()
                        pool.parallel(count) { from, to, worker ->
                            for (i in from until to) done.incrementAndGet(i)
                            ranges.add(Triple(from, to, worker))
                        }
                        pool.parallel(count) { from, to, worker -> again.add(Triple(from, to, worker)) }
                        for (i in 0 until count) done[i] shouldBe 1
                        again.toSet() shouldBe ranges.toSet()
                    }
                }
            }
        }

        test("ranges begin at multiples of the grain") {
            WorkerPool(3).use { pool ->
                val starts = ConcurrentLinkedQueue<Int>()
                val total = AtomicInteger()
                pool.parallel(100, 16) { from, to, _ ->
                    starts.add(from)
                    total.addAndGet(to - from)
                }
                starts.all { it % 16 == 0 } shouldBe true
                starts.size shouldBe 3
                total.get() shouldBe 100
            }
        }

        test("many small pieces of work in a row lose none, with pauses in which workers park") {
            WorkerPool(4).use { pool ->
                val total = AtomicInteger()
                repeat(2_000) { pool.parallel(8) { from, to, _ -> total.addAndGet(to - from) } }
                val workers = ConcurrentLinkedQueue<Thread>()
                pool.parallel(4) { _, _, worker -> if (worker > 0) workers.add(Thread.currentThread()) }
                repeat(20) {
                    while (workers.any { it.state != Thread.State.WAITING }) Thread.onSpinWait()
                    pool.parallel(8) { from, to, _ -> total.addAndGet(to - from) }
                }
                total.get() shouldBe 8 * 2_020
            }
        }

        test("what a worker throws reaches the caller, and the pool goes on") {
            WorkerPool(3).use { pool ->
                for (guilty in 0 until 3) {
                    shouldThrow<ArithmeticException> {
                            pool.parallel(3) { _, _, worker -> if (worker == guilty) throw ArithmeticException("no") }
                        }
                        .message shouldBe "no"
                }
                val all = AtomicInteger()
                pool.parallel(30) { from, to, _ -> all.addAndGet(to - from) }
                all.get() shouldBe 30
            }
        }

        test("a task that uses its own pool is refused, and so is a closed pool") {
            val pool = WorkerPool(2)
            shouldThrow<IllegalStateException> {
                    pool.parallel(2) { _, _, worker -> if (worker == 0) pool.parallel(2) { _, _, _ -> } }
                }
                .message shouldContain "may not use the pool that it runs in"
            pool.close()
            pool.close()
            shouldThrow<IllegalStateException> { pool.parallel(2) { _, _, _ -> } }.message shouldBe
                "The pool is closed."
            shouldThrow<IllegalArgumentException> { WorkerPool(0) }
        }

        test("the setup runs on every thread that works") {
            val threads = ConcurrentLinkedQueue<Thread>()
            WorkerPool(3) { threads.add(Thread.currentThread()) }
                .use { pool ->
                    val workers = ConcurrentLinkedQueue<Thread>()
                    repeat(3) { pool.parallel(3) { _, _, _ -> workers.add(Thread.currentThread()) } }
                    threads.size shouldBe 3
                    threads.toSet() shouldBe workers.toSet()
                }
        }
    })
