package io.heddle.terms

/** The mask that shows in the first layer what this one shows in [layer]. */
internal fun Mask.inLayer(layer: Int): Mask =
    when (this) {
        is Random -> inLayer(layer)
        is Both -> first.inLayer(layer) and second.inLayer(layer)
        is Either -> first.inLayer(layer) or second.inLayer(layer)
        is Except -> Except(hidden.inLayer(layer))
        is Blocks -> Blocks(size, mask.inLayer(layer))
        is PerHead -> PerHead(masks.map { it.inLayer(layer) })
        is Everything,
        is Causal,
        is Self,
        is Window,
        is Global,
        is Windows2d,
        is Given -> this
    }
