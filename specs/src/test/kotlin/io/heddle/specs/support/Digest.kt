package io.heddle.specs.support

import java.nio.file.Path
import java.security.MessageDigest
import java.util.HexFormat
import kotlin.io.path.readBytes

/** The bytes of a file in one short word: Kotest compares lists of them one by one, which takes seconds. */
fun Path.digest(): String = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(readBytes()))
