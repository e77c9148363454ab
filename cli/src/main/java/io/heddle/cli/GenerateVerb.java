package io.heddle.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import io.heddle.recipe.Decoding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle generate}: lets a trained model write. */
@Command(
        name = "generate",
        description = {
            "Let a trained model write: after the prompt, or, where a model reads a source, in answer to it.",
            "",
            "Tokens are drawn, unless --greedy or --beam is said, or the model writes all words at once. docs/howto/DECODING.md says what each way is for."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle generate runs/shakespeare --prompt \"ROMEO:\" --tokens 300 --seed 1",
            "  heddle generate runs/reverse --prompt \"3 14 15 9 26\" --greedy",
            "  heddle generate runs/reverse --prompt \"3 14 15\" --beam 8 --groups 4 --best 3",
            "  heddle generate runs/shakespeare --prompt \"ROMEO:\" --min-p 0.1 --no-repeat 12 --stop \"JULIET:\""
        })
final class GenerateVerb extends WritingVerb {
    @Parameters(paramLabel = "DIR", description = "The folder that heddle train wrote, or heddle import.")
    private Path folder;

    @Option(names = "--prompt", paramLabel = "TEXT", required = true,
            description = "What to go on after, or to answer.")
    private String prompt;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "200",
            converter = Positive.class,
            description = "How many tokens to write at most (default: 200).")
    private int tokens;

    @Option(names = "--seed", paramLabel = "S", description = "Draws the same again; another each time, if left out.")
    private Long seed;

    @Mixin
    private DecodingOptions choice;

    @Mixin
    private StoredWeights weights;

    @Mixin
    private EngineOptions engine;

    @Override
    int run() {
        choice.check();
        var best = choice.best();
        try (var running = engine.open()) {
            var model = choice.scored(TrainedModel.open(folder, running, weights), running, weights);
            var decoding = choice.decodingOr(model.usual(new Decoding.Sampling()));
            long drawn = seed == null ? ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE) : seed;
            if (best.isPresent()) {
                model.best(prompt, model.prompts("--prompt"), tokens, decoding, drawn).stream()
                        .limit(best.get())
                        .forEach(found -> out().println(scored(found)));
                out().flush();
            } else {
                write(model, prompt, model.prompts("--prompt"), tokens, decoding, drawn);
            }
        }
        return ExitCode.DONE;
    }

    private static String scored(TrainedModel.Found found) {
        return String.format(Locale.ROOT, "%.4f  %s", found.score(), found.text());
    }
}
