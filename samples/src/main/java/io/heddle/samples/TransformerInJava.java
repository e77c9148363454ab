package io.heddle.samples;

import static io.heddle.terms.Terms.PRE_NORM;

import io.heddle.describe.Describe;
import io.heddle.dsl.Heddle;
import io.heddle.model.Model;
import io.heddle.rules.Checks;

/**
 * {@code transformer-base.model.kts} in Java: the base model of "Attention Is All You Need" (arXiv 1706.03762), and a
 * variant of it.
 *
 * <pre>
 * java -cp "$(cat .heddle/classpath)" samples/src/main/java/io/heddle/samples/TransformerInJava.java
 * </pre>
 */
public final class TransformerInJava {
    private TransformerInJava() {}

    /** The paper's model; what a component is called comes first. */
    public static Model transformer() {
        return Heddle.model("transformer-base", 512, model -> {
            model.dropout(0.1);
            var source = model.tokens("source", 37_000, tokens -> {
                tokens.sinusoidal();
                tokens.scaled();
            });
            var target = model.tokens("target", source); // its table is the source's
            var encoder = model.stack("encoder", source, 6, layer -> {
                layer.attention(8);
                layer.addNorm();
                layer.feedForward();
                layer.addNorm();
            });
            var decoder = model.stack("decoder", target, 6, layer -> {
                layer.attention(8, attention -> attention.causal());
                layer.addNorm();
                layer.crossAttention(encoder);
                layer.addNorm();
                layer.feedForward();
                layer.addNorm();
            });
            var next = model.logits("next", decoder, target);
            model.objective(objective -> objective.crossEntropy(next, 0.1));
        });
    }

    /** The same with its norms before the sublayers (arXiv 2002.04745). */
    public static Model preNorm() {
        return Heddle.edit(transformer(), edit -> {
            edit.name("pre-norm");
            edit.layout(PRE_NORM);
        });
    }

    /** Shows the model, and what the variant changes. */
    public static void main(String... arguments) {
        var model = Checks.checked(transformer()); // throws what is wrong, all at once
        System.out.println(Describe.summary(model));
        System.out.println(Describe.diff(model, preNorm()));
    }
}
