package io.heddle.cli;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.SoundMessages;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import io.heddle.recipe.Decoding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code heddle generate}: lets a trained model write. */
@Command(
        name = "generate",
        description = {
            "Let a trained model write: after the prompt, or, where a model reads a source, in answer to it; or what is said",
            "in a recording.",
            "",
            "Tokens are drawn, unless --greedy or --beam is said, or the model writes all words at once. docs/howto/DECODING.md says what each way is for."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle generate runs/shakespeare --prompt \"ROMEO:\" --tokens 300 --seed 1",
            "  heddle generate runs/reverse --prompt \"3 14 15 9 26\" --greedy",
            "  heddle generate runs/digits --sound seven.wav --greedy",
            "  heddle generate runs/reverse --prompt \"3 14 15\" --beam 8 --groups 4 --best 3",
            "  heddle generate runs/shakespeare --prompt \"ROMEO:\" --min-p 0.1 --no-repeat 12 --stop \"JULIET:\""
        })
final class GenerateVerb extends WritingVerb {
    @Parameters(paramLabel = "DIR", description = "The folder that heddle train wrote, or heddle import.")
    private Path folder;

    @Option(names = "--prompt", paramLabel = "TEXT", description = "What to go on after, or to answer.")
    private String prompt;

    @Option(names = "--sound", paramLabel = "FILE",
            description = "Or, for a model that hears, a recording whose words it writes.")
    private Path sound;

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
        if (prompt == null && sound == null) {
            throw wrong("--prompt is missing: --prompt TEXT, or --sound FILE for a model that hears.");
        }
        if (prompt != null && sound != null) throw wrong("--prompt and --sound exclude each other.");
        choice.check();
        var best = choice.best();
        try (var running = engine.open()) {
            var model = choice.scored(TrainedModel.open(folder, running, weights), running, weights);
            var decoding = choice.decodingOr(model.usual(new Decoding.Sampling()));
            long drawn = seed == null ? ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE) : seed;
            if (sound != null) {
                var heard = HeardRecording.of(model, folder, sound);
                if (best.isPresent()) show(heard.best(tokens, decoding, drawn), best.get());
                else {
                    out().println(heard.text(tokens, decoding, drawn));
                    out().flush();
                }
            } else if (model.hears()) {
                throw new ProblemsException(SoundMessages.readsNothing(folder));
            } else if (best.isPresent()) {
                show(model.best(prompt, model.prompts("--prompt"), tokens, decoding, drawn), best.get());
            } else {
                write(model, prompt, model.prompts("--prompt"), tokens, decoding, drawn);
            }
        }
        return ExitCode.DONE;
    }

    private void show(List<TrainedModel.Found> all, int most) {
        all.stream().limit(most).forEach(found -> out().println(scored(found)));
        out().flush();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    private static String scored(TrainedModel.Found found) {
        return String.format(Locale.ROOT, "%.4f  %s", found.score(), found.text());
    }
}
