package io.heddle.specs.draw

import io.heddle.draw.dot
import io.heddle.draw.mermaid
import io.heddle.dsl.model
import io.heddle.specs.language.shouldRead
import io.heddle.terms.DeepNorm
import io.heddle.terms.Gelu
import io.kotest.core.spec.style.StringSpec

private object Small {
    /** The smallest decoder. */
    val tiny =
        model("tiny", width = 8) {
            val text by tokens(vocab = 5)
            val decoder by
                stack(text, layers = 2) {
                    attention(heads = 2) { causal() }
                    addNorm()
                }
            val next by logits(decoder, tiedTo = text)
        }

    /** An encoder, a decoder that reads it, and a stack of its own layers. */
    val pair =
        model("pair", width = 8) {
            layout = DeepNorm
            val source by tokens(vocab = 5)
            val target by tokens(tiedTo = source)
            val encoder by
                stack(source, layers = 2) {
                    feedForward()
                    addNorm()
                }
            val decoder by
                stack(target, layers = 2) { layer ->
                    crossAttention(from = encoder, heads = 2)
                    addNorm()
                    if (layer == 1) feedForward { activation = Gelu } else feedForward()
                    addNorm()
                }
            val next by logits(decoder, tiedTo = target)
        }
}

/** Flowcharts are told whole, in the languages of Mermaid and Graphviz. */
class FlowchartSpec :
    StringSpec({
        "the smallest decoder in Mermaid" {
            Small.tiny.mermaid() shouldRead
                """
                flowchart BT
                  n_text["text<br/>5 tokens"]
                  subgraph n_decoder["decoder · 2 layers, PostNorm"]
                    subgraph n_decoder_0_run["×2"]
                      n_decoder_0_attention["attention<br/>2 heads of 4, Causal"]
                      n_decoder_0_attention_add(("+"))
                      n_decoder_0_attention_norm["LayerNorm"]
                    end
                  end
                  n_next["next<br/>scores of 5 tokens, table of text"]
                  n_text -->|"[batch, text, 8]"| n_decoder_0_attention
                  n_decoder_0_attention --> n_decoder_0_attention_add
                  n_text --> n_decoder_0_attention_add
                  n_decoder_0_attention_add --> n_decoder_0_attention_norm
                  n_decoder_0_attention_norm -->|"[batch, text, 8]"| n_next
                  n_text -.-> n_next
                  classDef Input fill:#f6e1e4,stroke:#8a8a8a,color:#222222
                  class n_text Input
                  classDef Attention fill:#fbe5cd,stroke:#8a8a8a,color:#222222
                  class n_decoder_0_attention Attention
                  classDef Norm fill:#f5f2cf,stroke:#8a8a8a,color:#222222
                  class n_decoder_0_attention_norm Norm
                  classDef Head fill:#dcebd9,stroke:#8a8a8a,color:#222222
                  class n_next Head
                """
        }

        "the smallest decoder for dot" {
            Small.tiny.dot() shouldRead
                """
                digraph "tiny" {
                  graph [rankdir=BT, fontname=Helvetica, fontsize=12]
                  graph [labeljust=l, labelloc=b, color="#c4c4c4"]
                  node [shape=box, style="rounded,filled", fontname=Helvetica, fontsize=11, color="#8a8a8a"]
                  edge [fontname=Helvetica, fontsize=9, color="#555555", arrowsize=0.7]
                  "text" [label="text\n5 tokens", fillcolor="#f6e1e4"]
                  subgraph "cluster_decoder" {
                    label="decoder · 2 layers, PostNorm"
                    subgraph "cluster_decoder/0:run" {
                      label="×2"
                      "decoder/0/attention" [label="attention\n2 heads of 4, Causal", fillcolor="#fbe5cd"]
                      "decoder/0/attention/add" [label="+", shape=circle, fillcolor="#ffffff", width=0.25, fixedsize=true]
                      "decoder/0/attention/norm" [label="LayerNorm", fillcolor="#f5f2cf"]
                    }
                  }
                  "next" [label="next\nscores of 5 tokens, table of text", fillcolor="#dcebd9"]
                  "text" -> "decoder/0/attention" [label="[batch, text, 8]"]
                  "decoder/0/attention" -> "decoder/0/attention/add"
                  "text" -> "decoder/0/attention/add"
                  "decoder/0/attention/add" -> "decoder/0/attention/norm"
                  "decoder/0/attention/norm" -> "next" [label="[batch, text, 8]"]
                  "text" -> "next" [style=dashed, constraint=false]
                }
                """
        }

        "an encoder, and a decoder whose layers differ, in Mermaid" {
            Small.pair.mermaid() shouldRead
                """
                flowchart BT
                  n_source["source<br/>5 tokens"]
                  n_target["target<br/>5 tokens, table of source"]
                  subgraph n_encoder["encoder · 2 layers, DeepNorm"]
                    subgraph n_encoder_0_run["×2"]
                      n_encoder_0_feedForward["feed-forward<br/>hidden 32, Relu"]
                      n_encoder_0_feedForward_add(("+"))
                      n_encoder_0_feedForward_norm["LayerNorm"]
                    end
                  end
                  subgraph n_decoder["decoder · 2 layers, DeepNorm"]
                    subgraph n_decoder_0_run["layer 0"]
                      n_decoder_0_crossAttention["cross-attention<br/>2 heads of 4, from encoder"]
                      n_decoder_0_crossAttention_add(("+"))
                      n_decoder_0_crossAttention_norm["LayerNorm"]
                      n_decoder_0_feedForward["feed-forward<br/>hidden 32, Relu"]
                      n_decoder_0_feedForward_add(("+"))
                      n_decoder_0_feedForward_norm["LayerNorm"]
                    end
                    subgraph n_decoder_1_run["layer 1"]
                      n_decoder_1_crossAttention["cross-attention<br/>2 heads of 4, from encoder"]
                      n_decoder_1_crossAttention_add(("+"))
                      n_decoder_1_crossAttention_norm["LayerNorm"]
                      n_decoder_1_feedForward["feed-forward<br/>hidden 32, Gelu"]
                      n_decoder_1_feedForward_add(("+"))
                      n_decoder_1_feedForward_norm["LayerNorm"]
                    end
                  end
                  n_next["next<br/>scores of 5 tokens, table of source"]
                  n_source -->|"[batch, source, 8]"| n_encoder_0_feedForward
                  n_encoder_0_feedForward --> n_encoder_0_feedForward_add
                  n_source -->|"× 1.01"| n_encoder_0_feedForward_add
                  n_encoder_0_feedForward_add --> n_encoder_0_feedForward_norm
                  n_target -->|"[batch, target, 8]"| n_decoder_0_crossAttention
                  n_decoder_0_crossAttention --> n_decoder_0_crossAttention_add
                  n_target -->|"× 1.57"| n_decoder_0_crossAttention_add
                  n_decoder_0_crossAttention_add --> n_decoder_0_crossAttention_norm
                  n_decoder_0_crossAttention_norm --> n_decoder_0_feedForward
                  n_decoder_0_feedForward --> n_decoder_0_feedForward_add
                  n_decoder_0_crossAttention_norm -->|"× 1.57"| n_decoder_0_feedForward_add
                  n_decoder_0_feedForward_add --> n_decoder_0_feedForward_norm
                  n_decoder_0_feedForward_norm --> n_decoder_1_crossAttention
                  n_decoder_1_crossAttention --> n_decoder_1_crossAttention_add
                  n_decoder_0_feedForward_norm -->|"× 1.57"| n_decoder_1_crossAttention_add
                  n_decoder_1_crossAttention_add --> n_decoder_1_crossAttention_norm
                  n_decoder_1_crossAttention_norm --> n_decoder_1_feedForward
                  n_decoder_1_feedForward --> n_decoder_1_feedForward_add
                  n_decoder_1_crossAttention_norm -->|"× 1.57"| n_decoder_1_feedForward_add
                  n_decoder_1_feedForward_add --> n_decoder_1_feedForward_norm
                  n_decoder_1_feedForward_norm -->|"[batch, target, 8]"| n_next
                  n_source -.-> n_target
                  n_encoder_0_feedForward_norm -->|"[batch, source, 8]"| n_decoder_0_crossAttention
                  n_encoder_0_feedForward_norm -->|"[batch, source, 8]"| n_decoder_1_crossAttention
                  n_source -.-> n_next
                  classDef Input fill:#f6e1e4,stroke:#8a8a8a,color:#222222
                  class n_source,n_target Input
                  classDef CrossAttention fill:#f7dcbf,stroke:#8a8a8a,color:#222222
                  class n_decoder_0_crossAttention,n_decoder_1_crossAttention CrossAttention
                  classDef FeedForward fill:#d9e8f4,stroke:#8a8a8a,color:#222222
                  class n_encoder_0_feedForward,n_decoder_0_feedForward,n_decoder_1_feedForward FeedForward
                  classDef Norm fill:#f5f2cf,stroke:#8a8a8a,color:#222222
                  class n_encoder_0_feedForward_norm,n_decoder_0_crossAttention_norm,n_decoder_0_feedForward_norm,n_decoder_1_crossAttention_norm,n_decoder_1_feedForward_norm Norm
                  classDef Head fill:#dcebd9,stroke:#8a8a8a,color:#222222
                  class n_next Head
                """
        }

        "an encoder, and a decoder whose layers differ, for dot" {
            Small.pair.dot() shouldRead
                """
                digraph "pair" {
                  graph [rankdir=BT, fontname=Helvetica, fontsize=12]
                  graph [labeljust=l, labelloc=b, color="#c4c4c4"]
                  node [shape=box, style="rounded,filled", fontname=Helvetica, fontsize=11, color="#8a8a8a"]
                  edge [fontname=Helvetica, fontsize=9, color="#555555", arrowsize=0.7]
                  "source" [label="source\n5 tokens", fillcolor="#f6e1e4"]
                  "target" [label="target\n5 tokens, table of source", fillcolor="#f6e1e4"]
                  subgraph "cluster_encoder" {
                    label="encoder · 2 layers, DeepNorm"
                    subgraph "cluster_encoder/0:run" {
                      label="×2"
                      "encoder/0/feedForward" [label="feed-forward\nhidden 32, Relu", fillcolor="#d9e8f4"]
                      "encoder/0/feedForward/add" [label="+", shape=circle, fillcolor="#ffffff", width=0.25, fixedsize=true]
                      "encoder/0/feedForward/norm" [label="LayerNorm", fillcolor="#f5f2cf"]
                    }
                  }
                  subgraph "cluster_decoder" {
                    label="decoder · 2 layers, DeepNorm"
                    subgraph "cluster_decoder/0:run" {
                      label="layer 0"
                      "decoder/0/crossAttention" [label="cross-attention\n2 heads of 4, from encoder", fillcolor="#f7dcbf"]
                      "decoder/0/crossAttention/add" [label="+", shape=circle, fillcolor="#ffffff", width=0.25, fixedsize=true]
                      "decoder/0/crossAttention/norm" [label="LayerNorm", fillcolor="#f5f2cf"]
                      "decoder/0/feedForward" [label="feed-forward\nhidden 32, Relu", fillcolor="#d9e8f4"]
                      "decoder/0/feedForward/add" [label="+", shape=circle, fillcolor="#ffffff", width=0.25, fixedsize=true]
                      "decoder/0/feedForward/norm" [label="LayerNorm", fillcolor="#f5f2cf"]
                    }
                    subgraph "cluster_decoder/1:run" {
                      label="layer 1"
                      "decoder/1/crossAttention" [label="cross-attention\n2 heads of 4, from encoder", fillcolor="#f7dcbf"]
                      "decoder/1/crossAttention/add" [label="+", shape=circle, fillcolor="#ffffff", width=0.25, fixedsize=true]
                      "decoder/1/crossAttention/norm" [label="LayerNorm", fillcolor="#f5f2cf"]
                      "decoder/1/feedForward" [label="feed-forward\nhidden 32, Gelu", fillcolor="#d9e8f4"]
                      "decoder/1/feedForward/add" [label="+", shape=circle, fillcolor="#ffffff", width=0.25, fixedsize=true]
                      "decoder/1/feedForward/norm" [label="LayerNorm", fillcolor="#f5f2cf"]
                    }
                  }
                  "next" [label="next\nscores of 5 tokens, table of source", fillcolor="#dcebd9"]
                  "source" -> "encoder/0/feedForward" [label="[batch, source, 8]"]
                  "encoder/0/feedForward" -> "encoder/0/feedForward/add"
                  "source" -> "encoder/0/feedForward/add" [label="× 1.01"]
                  "encoder/0/feedForward/add" -> "encoder/0/feedForward/norm"
                  "target" -> "decoder/0/crossAttention" [label="[batch, target, 8]"]
                  "decoder/0/crossAttention" -> "decoder/0/crossAttention/add"
                  "target" -> "decoder/0/crossAttention/add" [label="× 1.57"]
                  "decoder/0/crossAttention/add" -> "decoder/0/crossAttention/norm"
                  "decoder/0/crossAttention/norm" -> "decoder/0/feedForward"
                  "decoder/0/feedForward" -> "decoder/0/feedForward/add"
                  "decoder/0/crossAttention/norm" -> "decoder/0/feedForward/add" [label="× 1.57"]
                  "decoder/0/feedForward/add" -> "decoder/0/feedForward/norm"
                  "decoder/0/feedForward/norm" -> "decoder/1/crossAttention"
                  "decoder/1/crossAttention" -> "decoder/1/crossAttention/add"
                  "decoder/0/feedForward/norm" -> "decoder/1/crossAttention/add" [label="× 1.57"]
                  "decoder/1/crossAttention/add" -> "decoder/1/crossAttention/norm"
                  "decoder/1/crossAttention/norm" -> "decoder/1/feedForward"
                  "decoder/1/feedForward" -> "decoder/1/feedForward/add"
                  "decoder/1/crossAttention/norm" -> "decoder/1/feedForward/add" [label="× 1.57"]
                  "decoder/1/feedForward/add" -> "decoder/1/feedForward/norm"
                  "decoder/1/feedForward/norm" -> "next" [label="[batch, target, 8]"]
                  "source" -> "target" [style=dashed, constraint=false]
                  "encoder/0/feedForward/norm" -> "decoder/0/crossAttention" [label="[batch, source, 8]"]
                  "encoder/0/feedForward/norm" -> "decoder/1/crossAttention" [label="[batch, source, 8]"]
                  "source" -> "next" [style=dashed, constraint=false]
                }
                """
        }
    })
