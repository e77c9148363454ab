package io.heddle.specs.describe

internal const val LAYOUT =
    """
nmt-base

encoder: layout PostNorm -> PreNorm
decoder: layout PostNorm -> PreNorm

encoder
  - encoder = x
  + encoder = LayerNorm(x)

encoder, layers 0 to 5 (x6)
  - x = LayerNorm(x + attention(x))
  - x = LayerNorm(x + feedForward(x))
  + x = x + attention(LayerNorm(x))
  + x = x + feedForward(LayerNorm(x))

decoder
  - decoder = x
  + decoder = LayerNorm(x)

decoder, layers 0 to 5 (x6)
  - x = LayerNorm(x + attention(x))
  - x = LayerNorm(x + crossAttention(x, encoder))
  - x = LayerNorm(x + feedForward(x))
  + x = x + attention(LayerNorm(x))
  + x = x + crossAttention(LayerNorm(x), encoder)
  + x = x + feedForward(LayerNorm(x))

parameters                   83,210,240 -> 83,212,288 (+2,048)
operations forward           the same
forward and backward         the same
bytes kept for the backward  batch * (223,520 * source + 474,644 * target) -> batch * (225,576 * source + 476,700 * target)
bytes cached of each token   the same
"""

internal const val MASK =
    """
tiny

decoder/*/attention: mask Causal -> Causal and Window(128)

decoder, layers 0 to 2 (x3)
  - mask = 0 where Causal, else -infinity
  + mask = 0 where Causal and Window(128), else -infinity

parameters                   the same
operations forward           the same
forward and backward         the same
bytes kept for the backward  the same
bytes cached of each token   the same
"""

internal const val ALONE =
    """
small -> large

+ decoder/{0,1}/feedForward: hidden 32, gated Silu
+ decoder/{0,1}/feedForward/norm: LayerNorm
decoder: layers 2 -> 3
- other: scores of 5 tokens
+ next: scores of 5 tokens, table of text
- objective: crossEntropy(other)
+ objective: crossEntropy(next)

decoder
  - x = layers of decoder, 2 of them
  + x = layers of decoder, 3 of them

decoder, layers 0 to 1 (x2) -> decoder, layers 0 to 2 (x3)
  + x = LayerNorm(x + feedForward(x))
  + feedForward(x) = (silu(x W_gate + b_gate) * (x W_up + b_up)) W_down + b_down   (hidden 32)

other
  - other = decoder W_other   (5 tokens)

next
  + next = decoder E_text^T   (the table of text)

objective
  - loss = crossEntropy(other)
  - crossEntropy(other) = -mean(log softmax(other)[labels])   (over all real labels)
  + loss = crossEntropy(next)
  + crossEntropy(next) = -mean(log softmax(next)[labels])   (over all real labels)

parameters                   688 -> 3,520 (+2,832)
operations forward           batch * (1,104 * text + 64 * text^2) -> batch * (6,224 * text + 96 * text^2)
forward and backward         batch * (3,312 * text + 224 * text^2) -> batch * (18,672 * text + 336 * text^2)
bytes kept for the backward  472 * batch * text -> 2,432 * batch * text
bytes cached of each token   128 -> 192
"""

internal const val WRONG =
    """
tiny: there is no size "txt"
  Did you mean "text"?
"""
