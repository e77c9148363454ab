package io.heddle.specs.language

import io.heddle.check.ProblemsException
import io.heddle.json.ModelJson
import io.heddle.model.Model
import io.heddle.model.TokenInput
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

class JsonRoundTripSpec :
    StringSpec({
        "the models of the design come back" {
            listOf(Models.nmt, Models.preNorm, Models.gpt, Models.transformer).forEach { model ->
                ModelJson.read(ModelJson.write(model), "model.json") shouldBe model
            }
        }

        "what is too large to be read is not written" {
            val texts = (0..256).map { (Models.tiny().components.first() as TokenInput).copy(name = "text$it") }
            shouldThrow<ProblemsException> { ModelJson.write(Model("wide", 8, texts, emptyList(), emptyList())) }
                .problems
                .single()
                .render() shouldBe
                """
                model: $.components: the list is too long
                  components = [...]  model:6
                  At most 256 are read.
                """
                    .trimIndent()
        }

        "everything is written, what was left out as well, and equal layers once" {
            ModelJson.write(Models.tiny(layers = 3)) shouldBe
                """
                {
                  "format": "heddle/1",
                  "kind": "model",
                  "name": "tiny",
                  "width": 8,
                  "components": [
                    {
                      "type": "tokens",
                      "name": "text",
                      "vocabulary": 5,
                      "width": 8,
                      "table": {
                        "type": "own",
                        "initializer": {
                          "type": "xavierUniform",
                          "gain": 1.0,
                          "branches": "same"
                        }
                      },
                      "tableWidth": 8,
                      "scale": "none",
                      "position": {
                        "type": "none"
                      },
                      "segments": 0,
                      "norm": {
                        "type": "none"
                      },
                      "dropout": 0.0,
                      "projection": {
                        "type": "none"
                      }
                    },
                    {
                      "type": "stack",
                      "name": "decoder",
                      "input": "text",
                      "width": 8,
                      "layout": {
                        "type": "postNorm"
                      },
                      "ending": "normed",
                      "sharing": {
                        "type": "own"
                      },
                      "layers": [
                        {
                          "times": 3,
                          "parts": [
                            {
                              "type": "attention",
                              "name": "attention",
                              "heads": 2,
                              "keyValueHeads": 2,
                              "headWidth": 4,
                              "valueWidth": 4,
                              "mask": {
                                "type": "causal"
                              },
                              "method": {
                                "type": "softmax"
                              },
                              "content": "own",
                              "rotary": {
                                "type": "none"
                              },
                              "relative": {
                                "type": "none"
                              },
                              "scale": {
                                "type": "rootHeadWidth"
                              },
                              "cap": {
                                "type": "none"
                              },
                              "headNorm": {
                                "type": "none"
                              },
                              "mixing": "none",
                              "memory": 0,
                              "globals": "shared",
                              "dropout": 0.0,
                              "bias": true,
                              "initializer": {
                                "type": "xavierUniform",
                                "gain": 1.0,
                                "branches": "same"
                              },
                              "weights": {
                                "type": "asStack"
                              }
                            },
                            {
                              "type": "addNorm",
                              "norm": {
                                "type": "layerNorm",
                                "epsilon": 1.0E-5
                              },
                              "bias": true,
                              "dropout": 0.0,
                              "skip": 0.0,
                              "scale": {
                                "type": "one"
                              }
                            },
                            {
                              "type": "feedForward",
                              "name": "feedForward",
                              "hidden": 16,
                              "activation": {
                                "type": "relu"
                              },
                              "gate": "none",
                              "kernel": 1,
                              "reach": "both",
                              "dropout": 0.0,
                              "bias": true,
                              "initializer": {
                                "type": "xavierUniform",
                                "gain": 1.0,
                                "branches": "same"
                              },
                              "weights": {
                                "type": "asStack"
                              }
                            },
                            {
                              "type": "addNorm",
                              "norm": {
                                "type": "layerNorm",
                                "epsilon": 1.0E-5
                              },
                              "bias": true,
                              "dropout": 0.0,
                              "skip": 0.0,
                              "scale": {
                                "type": "one"
                              }
                            }
                          ]
                        }
                      ]
                    },
                    {
                      "type": "logits",
                      "name": "next",
                      "input": "decoder",
                      "vocabulary": 5,
                      "table": {
                        "type": "tied",
                        "input": "text"
                      },
                      "transform": {
                        "dense": {
                          "type": "none"
                        },
                        "norm": {
                          "type": "none"
                        },
                        "normBias": true
                      },
                      "scale": "one",
                      "cap": {
                        "type": "none"
                      },
                      "bias": false,
                      "copying": {
                        "type": "none"
                      },
                      "structure": {
                        "type": "independent"
                      }
                    }
                  ],
                  "objectives": [
                    {
                      "type": "crossEntropy",
                      "scores": "next",
                      "labelSmoothing": 0.0,
                      "depth": "lastLayer",
                      "weight": 1.0
                    }
                  ],
                  "frozen": []
                }

                """
                    .trimIndent()
        }
    })
