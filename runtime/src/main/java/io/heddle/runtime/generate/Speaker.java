package io.heddle.runtime.generate;

import io.heddle.lowering.DecodingView;
import io.heddle.lowering.Names;
import io.heddle.runtime.data.PositionLimit;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.model.SpeakingRoles;
import io.heddle.runtime.program.Executable;
import io.heddle.runtime.program.Program;
import io.heddle.runtime.program.States;
import io.heddle.runtime.sound.Spectrogram;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Says texts: frame after frame, each position reading what the one before it has said, until it is more likely than not
 * that nothing comes after a frame (arXiv 1712.05884, section 2.2).
 *
 * <p>What was read stays in a cache, so that each position is read once. Nothing is drawn: a text is said alike each time.
 */
public final class Speaker {
    private final RunnableModel model;
    private final SpeakingRoles roles;
    private final Executable executable;

    /**
     * What lets a model speak.
     *
     * @throws io.heddle.check.ProblemsException when it does not speak step by step
     */
    public Speaker(RunnableModel model) {
        this.model = model;
        roles = SpeakingRoles.of(model.model());
        executable = model.decoding(DecodingView.Next.INSTANCE);
    }

    /** Why speech has ended. */
    public enum End {
        /** The frame was the last one. */
        STOP,

        /** As many frames were said as were allowed. */
        COUNT,

        /** All learned positions are taken. */
        POSITIONS,

        /** Whoever asked did not want more. */
        ASKED
    }

    /**
     * What was said of a text.
     *
     * @param frames {@code [frames, bands]}, as the model learned them
     */
    public record Said(Spectrogram frames, End end) {}

    /** One row while it speaks: all frames of all positions. */
    private final class Row {
        private final float[] values;
        private End end = End.COUNT;
        private int frames = -1;

        Row(int most) {
            values = new float[Math.multiplyExact(most, roles.numbers())];
        }

        boolean hasEnded() {
            return frames >= 0;
        }

        void end(End how, int at) {
            if (!hasEnded()) {
                end = how;
                frames = at;
            }
        }

        Said said() {
            return new Said(
                    new Spectrogram(
                            roles.before().getFeatures(),
                            Arrays.copyOf(values, frames * roles.before().getFeatures())),
                    end);
        }
    }

    /**
     * Says texts side by side.
     *
     * @param texts their tokens, the end token last
     * @param most how many frames of each at the most
     * @param stop asked before each position
     */
    public List<Said> say(List<int[]> texts, int most, BooleanSupplier stop) {
        SourceMemory memory = SourceMemory.of(model, roles.read(), texts);
        int wanted = roles.positions(most);
        int positions = roles.spokenLimit().map(PositionLimit::positions).map(limit -> Math.min(limit, wanted))
                .orElse(wanted);
        List<Row> rows = Stream.generate(() -> new Row(positions)).limit(texts.size()).toList();
        Map<String, Long> sizes = sizes(memory, texts.size(), positions);
        States states = model.engine().states(executable.graph(), sizes);
        Program program = executable.bind(sizes, states);
        memory.feed(program);
        float[] before = new float[texts.size() * roles.numbers()];
        for (int at = 0; at < positions && rows.stream().anyMatch(row -> !row.hasEnded()); at++) {
            if (stop.getAsBoolean()) {
                int said = Math.min(most, at * roles.before().getReduction());
                rows.forEach(row -> row.end(End.ASKED, said));
                break;
            }
            step(program, before, at, rows);
        }
        int said = Math.min(most, positions * roles.before().getReduction());
        rows.forEach(row -> row.end(positions < wanted ? End.POSITIONS : End.COUNT, said));
        return rows.stream().map(row -> cut(row, most)).toList();
    }

    /** The last position may say more frames than were asked for. */
    private static Said cut(Row row, int most) {
        if (row.frames > most) {
            row.frames = most;
            row.end = End.COUNT;
        }
        return row.said();
    }

    private Map<String, Long> sizes(SourceMemory memory, int rows, int positions) {
        Map<String, Long> sizes = new HashMap<>();
        sizes.put("batch", (long) rows);
        sizes.put("capacity", (long) positions);
        sizes.put(roles.before().getName(), 1L);
        sizes.put(memory.input(), (long) memory.length());
        return sizes;
    }

    private void step(Program program, float[] before, int at, List<Row> rows) {
        String input = roles.before().getName();
        int[] one = new int[rows.size()];
        Arrays.fill(one, 1);
        int[] lengths = new int[rows.size()];
        Arrays.fill(lengths, at + 1);
        program.setInput(input, before);
        program.setInput(Names.offset(input), at);
        program.setInput(Names.lengths(input), lengths);
        program.setInput(Names.fresh(input), one);
        program.run();
        double[] frames = program.output(roles.speech().getName()).ravel().toDoubleVector();
        double[] stops = program.output(Names.stops(roles.speech().getName())).ravel().toDoubleVector();
        for (int place = 0; place < before.length; place++) {
            before[place] = (float) frames[place];
        }
        int reduction = roles.before().getReduction();
        for (int row = 0; row < rows.size(); row++) {
            Row speaking = rows.get(row);
            System.arraycopy(before, row * roles.numbers(), speaking.values, at * roles.numbers(), roles.numbers());
            for (int frame = 0; frame < reduction; frame++) {
                // Its sigmoid is above one half.
                if (stops[row * reduction + frame] > 0) {
                    speaking.end(End.STOP, at * reduction + frame + 1);
                }
            }
        }
    }
}
