package io.heddle.dsl

/** Marks the scopes of a description, so that an inner one cannot say what belongs to an outer one. */
@DslMarker @Target(AnnotationTarget.CLASS) public annotation class HeddleDsl
