package io.heddle.huggingface

import io.heddle.dsl.LogitsScope
import io.heddle.terms.Activation

/** What a head that fills in words does before its table: a map, [act], a norm. */
internal fun masked(act: Activation): LogitsScope.() -> Unit = {
    dense(activation = act)
    norm()
    bias = true
}
