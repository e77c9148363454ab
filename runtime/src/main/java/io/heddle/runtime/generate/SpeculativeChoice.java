package io.heddle.runtime.generate;

import io.heddle.recipe.Decoding;
import io.heddle.runtime.data.SourceWords;
import io.heddle.runtime.random.Philox;
import io.heddle.runtime.random.Streams;
import java.util.Optional;

/**
 * What a model and its draft have in common: how a token is chosen from scores.
 *
 * @param decoding greedy, or drawing
 */
record SpeculativeChoice(Decoding decoding, Settings settings) {
    /** What a number is drawn for. */
    enum Draw {
        /** The token that is proposed. */
        PROPOSED("speculate/proposed"),

        /** Whether it is accepted. */
        ACCEPTED("speculate/accepted"),

        /** What is written where it was refused, or none was proposed. */
        WRITTEN("speculate/written");

        private final long stream;

        Draw(String name) {
            stream = Streams.stream(name);
        }
    }

    /**
     * The same for one sequence, which may copy words of its source.
     *
     * @param words of the source; empty where nothing is copied
     */
    SpeculativeChoice over(Optional<SourceWords> words) {
        return new SpeculativeChoice(decoding, settings.over(words));
    }

    /** A number from 0 to below 1 for the token with this number. */
    double uniform(Draw what, int number) {
        return Philox.uniformDouble(settings.seed(), what.stream, number);
    }

    /** What the next token is drawn from; a greedy choice is drawn from one. */
    TokenDistribution distribution(double[] scores) {
        return switch (decoding) {
            case Decoding.Greedy _ -> TokenDistribution.certain(TokenChoice.greedy(scores));
            case Decoding.Sampling sampling -> TokenDistribution.of(scores, sampling);
            case Decoding.Beam _,Decoding.DiverseBeam _,Decoding.Contrastive _,Decoding.AllAtOnce _,Decoding.Restricted _ ->
                    throw new IllegalStateException(decoding + " draws no token.");
        };
    }
}
