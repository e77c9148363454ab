package io.heddle.specs.callers;

import static io.heddle.terms.Terms.GELU;
import static io.heddle.terms.Terms.PRE_NORM;

import io.heddle.dsl.Heddle;
import io.heddle.model.Model;
import io.heddle.model.Stack;
import io.heddle.model.TokenInput;
import io.heddle.terms.LayerNorm;

/** Models described in Java. */
public final class GptInJava {
    private GptInJava() {}

    /** The gpt-char of the readings. */
    public static Model gpt() {
        return Heddle.model("gpt-char", 128, model -> {
            model.layout(PRE_NORM);
            TokenInput text = model.tokens("text", 65, tokens -> tokens.learnedPositions(64));
            Stack decoder = model.stack("decoder", text, 4, block -> {
                block.attention(4, attention -> attention.causal());
                block.addNorm();
                block.feedForward(feedForward -> feedForward.activation(GELU));
                block.addNorm();
            });
            model.logits("next", decoder, text);
        });
    }

    /** Every word that has a form of its own for Java. */
    public static Model everyWord() {
        Model model = Heddle.model("every-word", 16, scope -> {
            scope.dropout(0.1);
            scope.norm(new LayerNorm(1e-6));
            TokenInput source = scope.tokens("source", 9, tokens -> {
                tokens.sinusoidal();
                tokens.scaled();
            });
            TokenInput target = scope.tokens("target", source);
            Stack encoder = scope.stack("encoder", source, 2, (block, layer) -> {
                block.attention(layer + 1);
                block.addNorm();
                block.feedForward(32, feedForward -> feedForward.dropout(0.2));
                block.addNorm();
            });
            Stack decoder = scope.stack("decoder", target, 1, block -> {
                block.attention(2, attention -> {
                    attention.causal();
                    attention.rotary();
                });
                block.addNorm();
                block.crossAttention(encoder, cross -> cross.scale(1.0));
                block.addNorm();
                block.feedForward();
                block.addNorm();
            });
            scope.objective(objective -> objective
                    .crossEntropy(scope.logits("next", scope.norm("last", decoder), target), 0.1));
        });
        return Heddle.edit(model, edit -> edit.layout(PRE_NORM));
    }
}
