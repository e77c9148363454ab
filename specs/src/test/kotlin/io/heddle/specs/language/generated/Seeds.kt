package io.heddle.specs.language.generated

import io.heddle.check.ProblemsException
import io.heddle.json.ModelJson
import io.heddle.model.Model
import io.heddle.specs.language.anyModel
import io.kotest.property.RandomSource

/** The legal model of [seed]. */
fun model(seed: Long): Model = anyModel.sample(RandomSource.seeded(seed)).value

/** Does [work], and tells of [model] where that fails, however it does. */
@Suppress("TooGenericExceptionCaught") // Whatever is thrown, the model that did it is wanted.
fun about(seed: Long, what: String, model: Model, work: () -> Unit) {
    try {
        work()
    } catch (failure: Throwable) {
        throw AssertionError("seed $seed, $what: ${failure.message}\n${document(model)}", failure)
    }
}

/** Some broken models have numbers that JSON has not. */
private fun document(model: Model): String =
    try {
        ModelJson.write(model)
    } catch (_: ProblemsException) {
        "$model\n${model.components.joinToString("\n")}"
    }
