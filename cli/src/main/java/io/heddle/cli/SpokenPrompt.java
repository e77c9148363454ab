package io.heddle.cli;

import io.heddle.chart.SpectrogramChart;
import io.heddle.runtime.files.AtomicFile;
import io.heddle.runtime.generate.Speaker;
import io.heddle.runtime.sound.SpokenFrames;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import picocli.CommandLine.ParameterException;

/** What {@code heddle generate} does with a model that speaks: says a text, and draws it or writes its frames. */
final class SpokenPrompt {
    private final SpeakingModel model;
    private final PrintWriter out;
    private final Function<String, ParameterException> wrong;

    SpokenPrompt(SpeakingModel model, PrintWriter out, Function<String, ParameterException> wrong) {
        this.model = model;
        this.out = out;
        this.wrong = wrong;
    }

    /** What becomes of frames, by the end of the file's name. */
    private enum Format {
        /** A picture with axes. */
        SVG,

        /** The frames themselves. */
        SAFETENSORS
    }

    /**
     * Says a text.
     *
     * @param most how many frames at the most; as long as what was learned from, if empty
     * @param target where a picture or frames are written; nowhere, if empty
     * @param stop asked before each position
     */
    int run(String text, Optional<Integer> most, Optional<Path> target, BooleanSupplier stop) {
        var format = target.map(this::format);
        var ids = model.ids("--prompt", text);
        var said = model.say(ids, most.orElseGet(model::usualFrames), stop);
        var frames = SpokenFrames.of(model.said().getFeatures(), said.frames());
        out.println(told(frames, said.end()));
        out.flush();
        if (said.end() == Speaker.End.ASKED) return ExitCode.INTERRUPTED;
        target.ifPresent(file -> write(file, format.orElseThrow(), text, frames));
        return ExitCode.DONE;
    }

    private Format format(Path target) {
        var name = target.getFileName().toString();
        if (name.endsWith(".svg")) return Format.SVG;
        if (name.endsWith(".safetensors")) return Format.SAFETENSORS;
        throw wrong.apply("--to: '" + name + "' is none of .svg, .safetensors.");
    }

    private void write(Path target, Format format, String text, SpokenFrames frames) {
        switch (format) {
            case SVG -> AtomicFile.writeText(
                    target, new SpectrogramChart(model.model().model().getName(), text, frames).svg());
            case SAFETENSORS -> frames.write(target, text);
        }
    }

    private String told(SpokenFrames frames, Speaker.End end) {
        var length = String.format(Locale.ROOT, "%,d frames, %.2f s", frames.frames().frames(), frames.seconds());
        return length + switch (end) {
            case STOP -> "";
            case COUNT -> ", and no end: as many as were allowed";
            case POSITIONS -> ", and no end: all learned positions are taken";
            case ASKED -> ", ended by Ctrl-C";
        };
    }
}
