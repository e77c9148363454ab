package io.heddle.specs.language

import io.heddle.describe.Cost
import io.heddle.describe.summary
import io.heddle.dsl.model
import io.heddle.lowering.Purpose
import io.heddle.lowering.lower
import io.heddle.terms.Window
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class SummarySpec :
    StringSpec({
        "a picture may have more positions than a whole number of 32 bits counts" {
            val large =
                model("large", width = 8) {
                    val sky by image(channels = 1, size = 1 shl 24) { patches(1) }
                }
            large.summary() shouldContain "[batch, 281474976710656, 8]"
        }

        "the paper's base model has as many weights as one counts by hand" {
            val table = 37_000L * 512 // shared by source, target and the scores
            val attention = 4L * (512 * 512 + 512)
            val feedForward = (512L * 2048 + 2048) + (2048L * 512 + 512)
            val norm = 2L * 512
            val encoder = 6 * (attention + norm + feedForward + norm)
            val decoder = 6 * (2 * (attention + norm) + feedForward + norm)
            Cost.parameters(Models.transformer.lower(Purpose.Inference)) shouldBe table + encoder + decoder
            Models.transformer.summary() shouldContain "parameters             63,082,496"
        }

        "nanoGPT's small model has as many weights as one counts by hand" {
            val block = 4L * (128 * 128 + 128) + (128L * 512 + 512) + (512L * 128 + 128) + 2 * 2 * 128
            Cost.parameters(Models.gpt.lower(Purpose.Inference)) shouldBe 65L * 128 + 64 * 128 + 4 * block + 2 * 128
        }

        "the operations of a pass are two for each number that is multiplied and added" {
            val sizes = mapOf("batch" to 3L, "text" to 7L)
            val tokens = 3L * 7
            val projections = 4L * 2 * 8 * 8
            val pairs = 2L * 7 * 8 * 2 // scores and mixed values, over 7 keys
            val feedForward = 2L * 2 * 8 * 16
            val scores = 2L * 8 * 5
            Cost.operations(Models.tiny().lower(Purpose.Inference)).evaluate(sizes) shouldBe
                tokens * (projections + pairs + feedForward + scores)
        }

        "a summary tells what is there, equal layers once" {
            Models.transformer.summary() shouldRead
                """
                transformer-base

                path                     what                                                output                    parameters  operations
                source                   37,000 tokens, sinusoidal, scaled                   [batch, source, 512]      18,944,000
                target                   37,000 tokens, table of source, sinusoidal, scaled  [batch, target, 512]    (18,944,000)
                encoder                  6 layers, PostNorm                                  [batch, source, 512]      18,914,304  batch * (37,748,736 * source + 12,288 * source^2)
                  0..5  x6                                                                                              3,152,384  batch * (6,291,456 * source + 2,048 * source^2)
                    attention            8 heads of 64                                                                  1,050,624  batch * (2,097,152 * source + 2,048 * source^2)
                    attention/norm       LayerNorm                                                                          1,024
                    feedForward          hidden 2,048, Relu                                                             2,099,712  4,194,304 * batch * source
                    feedForward/norm     LayerNorm                                                                          1,024
                decoder                  6 layers, PostNorm                                  [batch, target, 512]      25,224,192  batch * (44,040,192 * target + 12,288 * target^2 + 6,291,456 * source + 12,288 * target * source)
                  0..5  x6                                                                                              4,204,032  batch * (7,340,032 * target + 2,048 * target^2 + 1,048,576 * source + 2,048 * target * source)
                    attention            8 heads of 64, Causal                                                          1,050,624  batch * (2,097,152 * target + 2,048 * target^2)
                    attention/norm       LayerNorm                                                                          1,024
                    crossAttention       8 heads of 64, from encoder                                                    1,050,624  batch * (1,048,576 * target + 1,048,576 * source + 2,048 * target * source)
                    crossAttention/norm  LayerNorm                                                                          1,024
                    feedForward          hidden 2,048, Relu                                                             2,099,712  4,194,304 * batch * target
                    feedForward/norm     LayerNorm                                                                          1,024
                next                     scores of 37,000 tokens, table of source            [batch, target, 37000]  (18,944,000)  37,888,000 * batch * target

                (weights in brackets are another row's)

                parameters             63,082,496
                operations forward     batch * (44,040,192 * source + 12,288 * source^2 + 81,928,192 * target + 12,288 * target^2 + 12,288 * target * source)
                forward and backward   batch * (132,120,576 * source + 43,008 * source^2 + 245,784,576 * target + 43,008 * target^2 + 43,008 * target * source)
                kept for the backward  batch * (223,520 * source + 396,340 * target) bytes
                cache of each token    24,576 bytes (24.0 KiB)
                cache of all tokens    batch * (24,576 * target + 24,576 * source) bytes
                """
        }

        "with sizes, shapes and operations are numbers" {
            Models.gpt.summary(mapOf("batch" to 12L, "text" to 64L)) shouldRead
                """
                gpt-char

                path                  what                                output         parameters  operations
                text                  65 tokens, 64 learned positions     [12, 64, 128]      16,512
                decoder               4 layers, PreNorm                   [12, 64, 128]     793,344  1,308,622,848
                  0..3  x4                                                                  198,272  327,155,712
                    attention         4 heads of 32, Causal                                  66,048  125,829,120
                    attention/norm    LayerNorm                                                 256
                    feedForward       hidden 512, Gelu                                      131,712  201,326,592
                    feedForward/norm  LayerNorm                                                 256
                next                  scores of 65 tokens, table of text  [12, 64, 65]      (8,320)  12,779,520

                (weights in brackets are another row's)

                parameters             809,856
                operations forward     1,321,402,368
                forward and backward   4,014,538,752
                kept for the backward  26,259,712 bytes (25.0 MiB)
                cache of each token    4,096 bytes (4.0 KiB)
                cache of all tokens    3,145,728 bytes (3.0 MiB)
                """
        }

        "layers that differ are told one by one" {
            model("windows", width = 16) {
                    val sound by vectors(features = 1_000) { project() }
                    val encoder by
                        stack(sound, layers = 5) { layer ->
                            attention(heads = 4, keyValueHeads = 2) {
                                if (layer == 2) mask = Window(1_000)
                                rotary()
                            }
                            addNorm()
                        }
                    val last by norm(encoder)
                    val label by logits(last, vocab = 3)
                }
                .summary() shouldRead
                """
                windows

                path                what                                                             output              parameters  operations
                sound               vectors of 1,000                                                 [batch, sound, 16]      16,016  32,000 * batch * sound
                encoder             5 layers, PostNorm                                               [batch, sound, 16]       4,240  batch * (7,680 * sound + 320 * sound^2)
                  0..1  x2                                                                                                      848  batch * (1,536 * sound + 64 * sound^2)
                    attention       4 heads of 4 sharing 2 of keys and values, rotary                                           816  batch * (1,536 * sound + 64 * sound^2)
                    attention/norm  LayerNorm                                                                                    32
                  2                                                                                                             848  batch * (1,536 * sound + 64 * sound^2)
                    attention       4 heads of 4 sharing 2 of keys and values, Window(1000), rotary                             816  batch * (1,536 * sound + 64 * sound^2)
                    attention/norm  LayerNorm                                                                                    32
                  3..4  x2                                                                                                      848  batch * (1,536 * sound + 64 * sound^2)
                    attention       4 heads of 4 sharing 2 of keys and values, rotary                                           816  batch * (1,536 * sound + 64 * sound^2)
                    attention/norm  LayerNorm                                                                                    32
                last                LayerNorm                                                        [batch, sound, 16]          32
                label               scores of 3 tokens                                               [batch, sound, 3]           48  96 * batch * sound

                parameters             20,336
                operations forward     batch * (39,776 * sound + 320 * sound^2)
                forward and backward   batch * (87,328 * sound + 1,120 * sound^2)
                kept for the backward  1,872 * batch * sound + 4 * sound bytes
                cache of each token    none: what is written has no tokens to begin with
                """
        }
    })
