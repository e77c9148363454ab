package io.heddle.specs.generate

import io.heddle.runtime.generate.DecodingSession
import io.heddle.runtime.model.RunnableModel
import io.heddle.runtime.program.Engine
import io.heddle.specs.train.smallDecoder
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

/** What was read stays, until it is forgotten. */
class DecodingSessionSpec :
    FunSpec({
        val engine = autoClose(Engine.cpu(1))
        val model = RunnableModel.initialized(smallDecoder(positions = 16), engine, 1)

        fun DecodingSession.scores(vararg tokens: Int) = read(arrayOf(tokens)).dup()

        test("after forgetting the last tokens, others give what they give without them") {
            val plain = DecodingSession.of(model, 1)
            plain.scores(3, 1, 4)
            val expected = plain.scores(5)
            val session = DecodingSession.of(model, 1)
            session.scores(3, 1, 4)
            session.scores(9)
            session.scores(2)
            session.shorten(3)
            session.length() shouldBe 3
            session.scores(5) shouldBe expected
        }

        test("more tokens than there are cannot be kept") {
            val session = DecodingSession.of(model, 1)
            session.scores(3, 1)
            shouldThrow<IllegalArgumentException> { session.shorten(3) }.message shouldBe
                "kept = 3 must be from 0 to 2."
        }
    })
