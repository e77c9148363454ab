package io.heddle.specs.callers;

import static io.heddle.recipe.RecipeTerms.CHARACTERS;
import static io.heddle.recipe.RecipeTerms.GREEDY;
import static io.heddle.terms.Terms.CAUSAL;
import static io.heddle.terms.Terms.OWN;
import static io.heddle.terms.Terms.PRE_NORM;
import static io.heddle.terms.Terms.SHARED;
import static io.heddle.terms.Terms.SILU;

import io.heddle.dsl.Heads;
import io.heddle.dsl.Heddle;
import io.heddle.model.Model;
import io.heddle.recipe.AdamW;
import io.heddle.recipe.Cosine;
import io.heddle.recipe.Recipe;
import io.heddle.terms.Ending;
import io.heddle.terms.Pooling;
import io.heddle.terms.PositionTarget;
import io.heddle.terms.RmsNorm;
import io.heddle.terms.Side;
import io.heddle.terms.Temperature;
import io.heddle.terms.Window;

/** The words whose forms for Java have something of their own: heads, names, sizes, what is left out in between. */
public final class WordsInJava {
    private WordsInJava() {}

    /** A picture and a text that are compared, and a text that is written about the picture. */
    public static Model model() {
        return Heddle.model("words", 32, model -> {
            model.layout(PRE_NORM);
            var picture = model.image("picture", 3, 32, 16, 32, image -> {
                image.patches(4);
                image.learnedPositions();
            });
            var text = model.tokens("text", 50, 16, tokens -> {
                tokens.adaptive(20, 40);
                tokens.project();
            });
            var objects = model.learned("objects", 4, PositionTarget.QueriesAndKeys, learned -> learned.norm());
            var bias = model.relativeBias("bias", 4, 8, 16, Side.Past);
            var viewer = model.stack("viewer", picture, 4, SHARED, layer -> {
                layer.attention("looking", Heads.of(4).keyValue(2).width(16).valueWidth(8));
                layer.addNorm(new RmsNorm(1e-6));
                layer.feedForward(64);
                layer.addNorm();
            });
            var writer = model.stack("writer", text, 2, OWN,
                    Ending.Bare, (layer, number) -> {
                        layer.attention(Heads.of(4), attention -> {
                            attention.mask(CAUSAL.and(new Window(4 + number)));
                            attention.relativeBias(bias);
                        });
                        layer.addNorm();
                        layer.crossAttention("seeing", viewer, Heads.of(2).keyValue(1));
                        layer.addNorm(addNorm -> addNorm.skip(0.1));
                        layer.experts(4, 1, 1.5, experts -> experts.feedForward(16, expert -> expert.gated(SILU)));
                        layer.addNorm();
                    });
            var finder = model.stack("finder", objects, 1, layer -> {
                layer.attention(4);
                layer.addNorm();
                layer.crossAttention(viewer.layer(2), Heads.of(4));
                layer.addNorm();
                layer.feedForward("last", 8, inner -> inner.dropout(0.2));
                layer.addNorm();
                layer.experts(2, experts -> experts.feedForward(16));
                layer.addNorm();
            });
            model.logits("next", writer, 50, logits -> logits.softcap(30.0));
            model.boxes("box", finder);
            var scene = model.pool("scene", viewer, Pooling.Mean);
            var caption = model.pool("caption", model.norm("normed", writer, new RmsNorm(1e-5)), Pooling.Last);
            model.contrast("alike", scene, caption, 16, new Temperature.Learned(0.07));
            model.freeze("viewer/*");
        });
    }

    /** Its variant with more heads and wider feed-forwards. */
    public static Model variant() {
        return Heddle.edit(model(), edit -> {
            edit.attention("finder/*", 8);
            edit.feedForward("viewer/**", 128, inner -> inner.gated(SILU));
            edit.addNorm("writer/1", addNorm -> addNorm.layerScale(1e-4));
            edit.attention("writer/*", Heads.of(4).keyValue(2).width(6).valueWidth(5), each -> each.dropout(0.1));
            edit.crossAttention("writer/*", Heads.of(4).keyValue(4));
            edit.experts("writer/*", 8, 2, 2.0, expert -> expert.dropout(0.2));
            edit.stack("finder", 3, stack -> stack.ending(Ending.Bare));
            edit.logits("next", next -> next.softcap(20));
            edit.pool("scene", Pooling.Max);
            edit.contrast("alike", 8);
            edit.objective(objective -> objective.crossEntropy("next", 0.1));
            edit.bias(false);
            edit.insertComponentsAfter("next", model -> model.boxes("more", edit.sequenceNamed("finder")));
        });
    }

    /** A training on text. */
    public static Recipe recipe() {
        return Heddle.recipe(Heddle.text(16, CHARACTERS, 0.2, "one.txt", "two.txt"), 100, recipe -> {
            recipe.batch(4);
            recipe.accumulation(2);
            recipe.optimizer(new AdamW(1e-3, 0.9, 0.99));
            recipe.schedule(new Cosine(10));
            recipe.seed(3);
            recipe.evaluate(50);
            recipe.sample("a", 5, GREEDY);
        });
    }

    /** A training on pairs, with nothing more said. */
    public static Recipe pairs() {
        return Heddle.recipe(Heddle.pairs(Heddle.files("a", "b"), Heddle.tabSeparated("c"), CHARACTERS), 10);
    }
}
