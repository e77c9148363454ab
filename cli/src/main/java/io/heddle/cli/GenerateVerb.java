package io.heddle.cli;

import io.heddle.check.ProblemsException;
import io.heddle.recipe.Decoding;
import io.heddle.runtime.files.AtomicFile;
import io.heddle.runtime.generate.Draft;
import io.heddle.runtime.generate.Generator;
import io.heddle.runtime.generate.Written;
import io.heddle.runtime.messages.SoundMessages;
import io.heddle.runtime.messages.SpeakingMessages;
import io.heddle.runtime.program.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
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
            "in a recording. A model that speaks says the prompt.",
            "",
            "Tokens are drawn, unless --greedy, --beam or --contrastive is said, or the model writes all words at once.",
            "docs/howto/DECODING.md says what each way is for. Ctrl-C ends it in order."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle generate runs/shakespeare --prompt \"ROMEO:\" --tokens 300 --seed 1",
            "  heddle generate runs/reverse --prompt \"3 14 15 9 26\" --greedy",
            "  heddle generate runs/digits --sound seven.wav --greedy",
            "  heddle generate runs/speaking --prompt seven --to seven.svg",
            "  heddle generate runs/reverse --prompt \"3 14 15\" --beam 8 --groups 4 --best 3",
            "  heddle generate runs/shakespeare --prompt \"ROMEO:\" --min-p 0.1 --no-repeat 12 --stop \"JULIET:\"",
            "  heddle generate runs/large --prompt \"ROMEO:\" --draft runs/small --draft-words 4",
            "  heddle generate runs/reverse --sources numbers.txt --to reversed.txt --beam 4"
        })
final class GenerateVerb extends WritingVerb {
    private static final int USUAL_TOKENS = 200;
    private static final int USUAL_DRAFT = 4;

    @Parameters(paramLabel = "DIR", description = "The folder that heddle train wrote, or heddle import.")
    private Path folder;

    @Option(names = "--prompt", paramLabel = "TEXT", description = "What to go on after, to answer, or to say.")
    private String prompt;

    @Option(names = "--sound", paramLabel = "FILE",
            description = "Or, for a model that hears, a recording whose words it writes.")
    private Path sound;

    @Option(names = "--sources", paramLabel = "FILE",
            description = "Or answer each line of FILE, many side by side ...")
    private Path sources;

    @Option(names = "--to", paramLabel = "FILE",
            description = {
                "... and write the answers, a line each, when all are there. What a model says is drawn as .svg, or its frames",
                "are written as .safetensors."
            })
    private Path target;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            converter = Positive.class,
            description = "How many tokens to write at most (default: 200; with --sources 50 more than a source has).")
    private Integer tokens;

    @Option(names = "--frames", paramLabel = "N", converter = Positive.class,
            description = "For a model that speaks: how many frames to say at most.")
    private Integer frames;

    @Option(names = "--seed", paramLabel = "S", description = "Draws the same again; another each time, if left out.")
    private Long seed;

    @Option(names = "--draft", paramLabel = "DIR",
            description = "A smaller model of the same tokens, which writes ahead: the same choices in less time.")
    private Path draft;

    @Option(names = "--draft-words", paramLabel = "N", converter = Positive.class,
            description = "With --draft: how many tokens it writes ahead (default: 4).")
    private Integer draftWords;

    @Option(names = "--speed",
            description = "Tell how many tokens were written in a second: of one text in its second half, too.")
    private boolean speed;

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
        requireSense(best.isPresent());
        try (var interrupts = new Interrupts(() -> {}); var running = engine.open()) {
            if (SpeakingModel.isIn(folder)) return speak(SpeakingModel.open(folder, running, weights), interrupts);
            if (frames != null) throw wrong("--frames is for models that speak.");
            if (target != null && sources == null) throw wrong("--sources FILE and --to FILE belong together.");
            var model = choice.scored(TrainedModel.open(folder, running, weights), running, weights);
            var decoding = choice.decodingOr(model.usual(new Decoding.Sampling()));
            if (draft != null && !chooses(decoding)) throw wrong("--draft is for drawing or --greedy.");
            if (sound == null && model.hears()) throw new ProblemsException(SoundMessages.readsNothing(folder));
            long drawn = seed == null ? ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE) : seed;
            if (prompt == null && sound == null && sources == null) {
                throw wrong("--prompt is missing: --prompt TEXT, or --sources FILE for a model that reads a source.");
            }
            if (sources != null) {
                return answerAll(model, model.generator(decoding, drawn), interrupts::asked);
            }
            int most = tokens == null ? USUAL_TOKENS : tokens;
            if (sound != null) {
                var generator = model.generator(decoding, drawn).until(interrupts::asked);
                var heard = HeardRecording.of(model, folder, sound);
                if (best.isEmpty()) return status(write(heard, generator, most));
                show(heard.best(generator, most), best.get());
                return interrupts.asked() ? ExitCode.INTERRUPTED : ExitCode.DONE;
            }
            var asked = new Asked(prompt, model.prompts("--prompt"), most, decoding, drawn, interrupts::asked);
            if (best.isPresent()) {
                show(model.best(asked), best.get());
                return interrupts.asked() ? ExitCode.INTERRUPTED : ExitCode.DONE;
            }
            return writeOne(model, asked, drafted(model, running));
        }
    }

    private int speak(SpeakingModel model, Interrupts interrupts) {
        if (prompt == null) throw new ProblemsException(SpeakingMessages.saysText(folder));
        if (choice.says() || draft != null || tokens != null || speed) {
            throw wrong("this model speaks, and says --prompt in one way: leave out what is for models that write.");
        }
        return new SpokenPrompt(model, out(), this::wrong)
                .run(prompt, Optional.ofNullable(frames), Optional.ofNullable(target), interrupts::asked);
    }

    private void show(List<TrainedModel.Found> all, int most) {
        all.stream().limit(most).forEach(found -> out().println(scored(found)));
        out().flush();
    }

    private void requireSense(boolean several) {
        if (prompt != null && sound != null) throw wrong("--prompt and --sound exclude each other.");
        if (sources != null && (prompt != null || sound != null)) {
            throw wrong("--sources is answered by itself: leave --prompt and --sound out.");
        }
        if (sources != null && target == null) throw wrong("--sources FILE and --to FILE belong together.");
        if (sources != null && areOne(sources, target)) {
            throw wrong("--to " + target + " is the file of --sources, which it would replace: name another one.");
        }
        if (several && sources != null) throw wrong("--best is for --prompt: each source has one answer.");
        if (several && speed) throw wrong("--speed is for one text, and --best for several.");
        if (draftWords != null && draft == null) throw wrong("--draft-words is for --draft.");
        if (draft != null && sources != null)
            throw wrong("--draft is for --prompt: sources are answered side by side.");
        if (sound != null && (draft != null || speed)) throw wrong("--draft and --speed are for --prompt.");
        if (sound != null && choice.isScored()) {
            throw wrong("--scorer is for --prompt and --sources: it reads a source, and hears no recording.");
        }
    }

    /** Whether both are one file, by whatever names; where one is not there, nothing can be replaced. */
    private static boolean areOne(Path file, Path other) {
        try {
            return Files.isSameFile(file, other);
        } catch (IOException missing) {
            return false;
        }
    }

    /** Whether a token is chosen from its scores alone. */
    private static boolean chooses(Decoding decoding) {
        return switch (decoding) {
            case Decoding.Greedy _,Decoding.Sampling _ -> true;
            case Decoding.Beam _,Decoding.DiverseBeam _,Decoding.Contrastive _,Decoding.AllAtOnce _ -> false;
            case Decoding.Restricted restricted -> chooses(restricted.getWay());
        };
    }

    private Optional<Draft> drafted(TrainedModel model, Engine running) {
        if (draft == null) return Optional.empty();
        var ahead = TrainedModel.open(draft, running, weights);
        int words = draftWords == null ? USUAL_DRAFT : draftWords;
        return Optional.of(Draft.of(ahead.model(), ahead.tokenizers(), model.tokenizers(), words));
    }

    private int writeOne(TrainedModel model, Asked asked, Optional<Draft> ahead) {
        long begun = System.nanoTime();
        var pace = new Pace();
        var wrote = write(model, asked, ahead, pace);
        if (speed) {
            var later = chooses(asked.decoding())
                    ? String.format(Locale.ROOT, ", %,.0f in the second half", pace.later())
                    : "";
            tellSpeed(wrote.tokens(), begun, later);
        }
        wrote.draft().ifPresent(counts -> tell(String.format(
                Locale.ROOT,
                "The draft: %.1f %% of %,d tokens accepted, %.2f tokens a pass.",
                100 * counts.acceptance(),
                counts.tested(),
                counts.tokensPerPass())));
        return status(wrote);
    }

    private static int status(Wrote wrote) {
        return wrote.end() == Written.End.ASKED ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    private int answerAll(TrainedModel model, Generator generator, BooleanSupplier stop) {
        if (!model.isEncoderDecoder()) throw wrong("--sources is for models that read a source: say --prompt TEXT.");
        var corpus = model.corpus(sources);
        var progress = new CountLine(err(), corpus.sources().size(), "sources");
        long begun = System.nanoTime();
        var most = tokens == null ? OptionalInt.empty() : OptionalInt.of(tokens);
        var answers = corpus.answered(generator, most, stop, progress::show);
        progress.clear();
        if (answers.isEmpty()) {
            tell("Ended by Ctrl-C: " + target + " was not written.");
            return ExitCode.INTERRUPTED;
        }
        AtomicFile.writeText(target, String.join("", answers.get().texts().stream().map(line -> line + "\n").toList()));
        out().println(String.format(Locale.ROOT, "%s: %,d lines", target, answers.get().texts().size()));
        out().flush();
        if (speed) tellSpeed(answers.get().tokens(), begun, "");
        return ExitCode.DONE;
    }

    private void tellSpeed(int written, long begun, String more) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        tell(String.format(Locale.ROOT, "%,d tokens in %.2f s: %,.0f in a second%s.", written, seconds,
                written / seconds, more));
    }

    private static String scored(TrainedModel.Found found) {
        return String.format(Locale.ROOT, "%.4f  %s", found.score(), found.text());
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec().commandLine(), message);
    }
}
