package io.heddle.specs.language

import com.networknt.schema.InputFormat
import com.networknt.schema.Schema
import com.networknt.schema.SchemaRegistry
import com.networknt.schema.SpecificationVersion
import java.nio.file.Path
import kotlin.io.path.readText

/** The published schemas, in the hands of a validator that knows nothing of Heddle. */
internal object Schemas {
    private val registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)

    val model: Schema by lazy { schema(file("model").readText()) }
    val experiment: Schema by lazy { schema(file("experiment").readText()) }
    val recipe: Schema by lazy { schema(file("recipe").readText()) }

    fun file(kind: String): Path = Path.of("..", "docs", "$kind.schema.json")

    fun schema(text: String): Schema = registry.getSchema(text)

    /** What [this] schema finds wrong with [document]; empty for one that is legal. */
    infix fun Schema.findsIn(document: String): List<String> =
        validate(document, InputFormat.JSON).map { "${it.instanceLocation}: ${it.message}" }
}
