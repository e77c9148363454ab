package io.heddle.cli;

import io.heddle.recipe.Decoding;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the next token is chosen. */
final class DecodingOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--temperature", paramLabel = "T",
            description = "Divides the scores before drawing: below 1 bolder choices are rarer (default: 1).")
    private Double temperature;

    @Option(names = "--top-k", paramLabel = "K", converter = Positive.class,
            description = "Draw from the K likeliest tokens alone.")
    private Integer topK;

    @Option(names = "--top-p", paramLabel = "P",
            description = "Draw from the fewest tokens that together have probability P.")
    private Double topP;

    @Option(names = "--greedy", description = "Always take the likeliest token.")
    private boolean greedy;

    @Option(names = "--beam", paramLabel = "N", converter = Positive.class,
            description = "Search for the likeliest text, keeping N side by side.")
    private Integer beam;

    @Option(names = "--length-penalty", paramLabel = "A",
            description = "With --beam: divide log p by length^A (default: 1).")
    private Double lengthPenalty;

    /** What was said, or {@code usual} where nothing was. */
    Decoding decodingOr(Decoding usual) {
        Decoding said = decoding();
        return says() ? said : usual;
    }

    private boolean says() {
        return temperature != null || topK != null || topP != null || greedy || beam != null;
    }

    /**
     * What was said.
     *
     * @throws ParameterException when it contradicts itself, or a number is out of range
     */
    Decoding decoding() {
        boolean draws = temperature != null || topK != null || topP != null;
        if ((draws ? 1 : 0) + (greedy ? 1 : 0) + (beam != null ? 1 : 0) > 1) {
            throw wrong("choose one: drawing (--temperature, --top-k, --top-p), --greedy, or --beam.");
        }
        if (lengthPenalty != null && beam == null) throw wrong("--length-penalty is for --beam.");
        if (temperature != null && !(temperature > 0 && Double.isFinite(temperature))) {
            throw wrong("--temperature must be above 0. --greedy takes the likeliest token.");
        }
        if (lengthPenalty != null && !(lengthPenalty >= 0 && Double.isFinite(lengthPenalty))) {
            throw wrong("--length-penalty must be 0 or more.");
        }
        if (topP != null && !(topP > 0 && topP <= 1)) throw wrong("--top-p must be above 0 and at most 1.");
        if (greedy) return Decoding.Greedy.INSTANCE;
        if (beam != null) return new Decoding.Beam(beam, lengthPenalty == null ? 1 : lengthPenalty);
        return new Decoding.Sampling(temperature == null ? 1 : temperature, topK == null ? 0 : topK,
                topP == null ? 1 : topP);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
