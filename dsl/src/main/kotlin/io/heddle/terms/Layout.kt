package io.heddle.terms

import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** Where a residual branch and its norm meet: what `addNorm()` means. */
@Serializable public sealed interface Layout

/** `x = norm(x + sublayer(x))`, as in "Attention Is All You Need" (arXiv 1706.03762, section 3.1). */
@Serializable @SerialName("postNorm") public data object PostNorm : Layout

/** `x = x + sublayer(norm(x))`, and a last norm after the stack (arXiv 2002.04745, table 1). */
@Serializable @SerialName("preNorm") public data object PreNorm : Layout
