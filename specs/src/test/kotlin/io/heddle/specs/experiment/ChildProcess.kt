package io.heddle.specs.experiment

import java.nio.file.Path

/** The words that run the `main` of [program] in a JVM of its own. */
internal fun javaCommand(program: Any, arguments: List<String>, options: List<String> = emptyList()): List<String> =
    listOf(Path.of(System.getProperty("java.home"), "bin", "java").toString()) +
        listOf("--enable-native-access=ALL-UNNAMED") +
        options +
        listOf("-cp", System.getProperty("java.class.path"), program.javaClass.name) +
        arguments
