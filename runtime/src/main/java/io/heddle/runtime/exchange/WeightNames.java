package io.heddle.runtime.exchange;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.ExchangeMessages;
import io.heddle.runtime.program.ParameterLayout;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How another program calls Heddle's weights, one line for each kind of weight.
 *
 * <pre>
 *   # what stands behind a hash is for people
 *   text/embedding                                      = wte.weight
 *   text/embedding                                      = lm_head.weight             # the same numbers under a second name
 *   decoder/*{@literal /}attention/norm/{gain,bias}             = h.*.ln_1.{weight,bias}
 *   decoder/*{@literal /}attention/{query,key,value}/weight     = h.*.c_attn.weight : transposed, part {1,2,3} of 3
 *   decoder/*{@literal /}experts/up/weight[*]                   = h.*.experts.expert_*.wi.weight
 *   picture/projection/weight                           = patches.weight : axes 0 2 3 1
 *   nothing                                             = h.*.attn.bias
 *   zeros                                               = final_logits_bias
 * </pre>
 *
 * <p>A star stands for the same on both sides, and a line with choices in braces stands for a line for each. A weight
 * whose name ends with {@code [*]} lies there in rows, each a tensor. {@code nothing} is what Heddle computes itself,
 * {@code zeros} what it leaves out and what therefore must be zero. Axes of one number are no difference, and axes that
 * Heddle has as one are taken in their order.
 */
public final class WeightNames {
    private final String place;
    private final Keeper keeper;
    private final List<NameRule> rules;

    private WeightNames(String place, Keeper keeper, List<NameRule> rules) {
        this.place = place;
        this.keeper = keeper;
        this.rules = List.copyOf(rules);
    }

    /** Who can change the lines. */
    private enum Keeper {
        /** Whoever reads the problems. */
        READER,

        /** Heddle. */
        HOUSE
    }

    /**
     * Reads names.
     *
     * @param place what the text is called in problems, such as a file's name
     * @throws ProblemsException with every line that cannot be read
     */
    public static WeightNames parse(String text, String place) {
        return new WeightNames(place, Keeper.READER, NamesParser.parse(text, place));
    }

    /**
     * The names of a family of Hugging Face transformers: {@code bert}, {@code gpt2}, {@code llama}, {@code bart}, ...
     *
     * @throws IllegalArgumentException when Heddle has none for it
     */
    public static WeightNames huggingFace(String family) {
        String file = family + ".names";
        try (InputStream stream = WeightNames.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalArgumentException("There are no names for " + family + ".");
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return new WeightNames(file, Keeper.HOUSE, NamesParser.parse(text, file));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** These names for tensors whose own lack what they begin with here, as those of a body without a head do. */
    public WeightNames without(String prefix) {
        return new WeightNames(place, keeper, rules.stream().map(rule -> rule.without(prefix)).toList());
    }

    /** Where the names are from. */
    public String place() {
        return place;
    }

    /**
     * Where the numbers of each weight of a model are, in the order of the lines: all of a weight's origins hold the same.
     * A tensor that two lines give to different weights of the model belongs to the first of them, so that one text serves
     * models with and without weights of their own for it.
     */
    public Map<String, List<Origin>> origins(ParameterLayout layout) {
        Map<String, List<Origin>> origins = new LinkedHashMap<>();
        Map<String, String> owners = new HashMap<>();
        layout.entries().keySet().forEach(name -> origins.put(name, new ArrayList<>()));
        for (NameRule rule : rules) {
            if (rule instanceof NameRule.Weight weight) {
                layout.entries().values().forEach(entry -> origin(weight, entry)
                        .filter(origin -> isFree(origin, entry.name(), owners))
                        .ifPresent(origins.get(entry.name())::add));
            }
        }
        return origins;
    }

    private static boolean isFree(Origin origin, String name, Map<String, String> owners) {
        String part = origin.arrangement().part() + " of " + origin.arrangement().parts() + " of ";
        return origin.tensors().stream()
                .map(tensor -> Optional.ofNullable(owners.putIfAbsent(part + tensor, name)))
                .allMatch(owner -> owner.isEmpty() || owner.get().equals(name));
    }

    private static Optional<Origin> origin(NameRule.Weight rule, ParameterLayout.Entry entry) {
        long rows = entry.shape().isEmpty() ? 0 : entry.shape().getFirst();
        return whole(rule, entry.name()).or(() -> rows(rule, entry.name(), rows));
    }

    /** What is told of a tensor that no weight was found for. */
    Problem left(String file, String tensor, String shape) {
        return switch (keeper) {
            case READER -> ExchangeMessages.left(file, place, tensor, shape);
            case HOUSE -> ExchangeMessages.strange(file, tensor, shape);
        };
    }

    /** What is told of a tensor that has another shape than its weight. */
    Problem otherShape(String file, String tensor, String there, String weight, String wanted) {
        return switch (keeper) {
            case READER -> ExchangeMessages.otherShape(file, tensor, there, weight, wanted);
            case HOUSE -> ExchangeMessages.otherSizes(file, tensor, there, weight, wanted);
        };
    }

    /** Whether Heddle has no use for a tensor of this name, whatever it holds. */
    boolean isUnused(String theirs) {
        return rules.stream()
                .anyMatch(rule -> rule instanceof NameRule.Unused
                        && rule.theirs().match(theirs).isPresent());
    }

    /** Whether a tensor of this name must hold zeros. */
    boolean isZeros(String theirs) {
        return rules.stream()
                .anyMatch(rule -> rule instanceof NameRule.Zeros
                        && rule.theirs().match(theirs).isPresent());
    }

    private static Optional<Origin> whole(NameRule.Weight rule, String ours) {
        return rule.ours()
                .match(ours)
                .map(stars -> new Origin(List.of(rule.theirs().filled(stars)), rule.arrangement()));
    }

    private static Optional<Origin> rows(NameRule.Weight rule, String ours, long rows) {
        List<String> tensors = new ArrayList<>();
        for (long row = 0; row < rows; row++) {
            Optional<List<String>> stars = rule.ours().match(ours + "[" + row + "]");
            if (stars.isEmpty()) {
                return Optional.empty();
            }
            tensors.add(rule.theirs().filled(stars.get()));
        }
        return tensors.isEmpty() ? Optional.empty() : Optional.of(new Origin(tensors, rule.arrangement()));
    }
}
