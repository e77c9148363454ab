package io.heddle.runtime.generate;

import io.heddle.lowering.Names;
import io.heddle.lowering.Purpose;
import io.heddle.model.FrameInput;
import io.heddle.model.TokenInput;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Program;
import io.heddle.runtime.sound.Spectrogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a decoder looks at: the keys and values of every cross-attention, computed once for its sources. Where all words are
 * written at once, the scores of their number, too.
 *
 * @param input what reads the sources
 * @param length of the sources as decoders look at them, padding included
 * @param lengths how many positions of each are real
 * @param ids of the sources, padded, row by row; none where they are sounds
 */
record SourceMemory(
        String input, int length, List<Integer> lengths, List<Integer> ids, Map<String, INDArray> tensors) {
    /** Padded lengths are rounded up to this, so that few programs are made. */
    private static final int MULTIPLE = 4;

    /** As {@link #MULTIPLE}, of frames, which are many. */
    private static final int FRAMES_MULTIPLE = 16;

    /** Reads sources, one a row. */
    static SourceMemory of(RunnableModel model, TokenInput input, List<int[]> sources) {
        return passing(model, input, sources).kept();
    }

    /** As {@link #of}, for who feeds it before the model reads other sources: its tensors change then. */
    static SourceMemory passing(RunnableModel model, TokenInput input, List<int[]> sources) {
        int[] lengths = sources.stream().mapToInt(source -> source.length).toArray();
        int longest = Arrays.stream(lengths).max().orElse(1);
        int multiple = ModelRoles.limit(input).map(limit -> limit.multiple(MULTIPLE)).orElse(MULTIPLE);
        int length = Math.ceilDiv(longest, multiple) * multiple;
        int[] ids = new int[sources.size() * length];
        for (int row = 0; row < sources.size(); row++) {
            System.arraycopy(sources.get(row), 0, ids, row * length, lengths[row]);
        }
        Program program = model.executable(Purpose.Encoding)
                .bind(Map.of("batch", (long) sources.size(), input.getName(), (long) length));
        program.setInput(input.getName(), ids);
        give(program, Names.lengths(input.getName()), lengths);
        program.run();
        return new SourceMemory(input.getName(), length, boxed(lengths), boxed(ids), outputs(program));
    }

    private static Map<String, INDArray> outputs(Program program) {
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        program.executable().graph().getOutputs().keySet().forEach(name -> tensors.put(name, program.output(name)));
        return tensors;
    }

    /** The same with tensors of its own. */
    private SourceMemory kept() {
        Map<String, INDArray> copies = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> copies.put(name, tensor.dup()));
        return new SourceMemory(input, length, lengths, ids, copies);
    }

    /** Hears recordings, one a row. What is looked at are the positions that convolutions make of their frames. */
    static SourceMemory of(RunnableModel model, FrameInput input, List<Spectrogram> sounds) {
        int[] frames = sounds.stream().mapToInt(Spectrogram::frames).toArray();
        int longest = Arrays.stream(frames).max().orElse(1);
        int multiple = ModelRoles.limit(input).isPresent() ? 1 : FRAMES_MULTIPLE;
        int time = Math.ceilDiv(longest, multiple) * multiple;
        float[] values = new float[Math.multiplyExact(sounds.size() * input.getFeatures(), time)];
        for (int row = 0; row < sounds.size(); row++) {
            float[] sound = sounds.get(row).values();
            System.arraycopy(sound, 0, values, row * time * input.getFeatures(), sound.length);
        }
        Program program = model.executable(Purpose.Encoding)
                .bind(Map.of("batch", (long) sounds.size(), input.getName(), (long) time));
        program.setInput(input.getName(), values);
        give(program, Names.lengths(input.getName()), frames);
        program.run();
        List<Integer> lengths = Arrays.stream(frames).map(count -> ModelRoles.positions(input, count)).boxed().toList();
        return new SourceMemory(input.getName(), ModelRoles.positions(input, time), lengths, List.of(),
                outputs(program))
                .kept();
    }

    private static List<Integer> boxed(int[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    /** The same sources, each so many times, one after the other. */
    SourceMemory repeated(int times) {
        if (times == 1) {
            return this;
        }
        Map<String, INDArray> more = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> more.put(name, repeated(tensor, times)));
        return new SourceMemory(input, length, repeated(lengths, 1, times),
                ids.isEmpty() ? ids : repeated(ids, length, times), more);
    }

    private static INDArray repeated(INDArray rows, int times) {
        long[] shape = rows.shape().clone();
        INDArray flat = rows.reshape(shape[0], -1);
        INDArray all = Nd4j.create(flat.dataType(), shape[0] * times, flat.size(1));
        for (long row = 0; row < all.size(0); row++) {
            all.putRow(row, flat.getRow(row / times));
        }
        shape[0] *= times;
        return all.reshape(shape);
    }

    private static List<Integer> repeated(List<Integer> numbers, int each, int times) {
        List<Integer> all = new ArrayList<>();
        for (int first = 0; first < numbers.size(); first += each) {
            for (int time = 0; time < times; time++) {
                all.addAll(numbers.subList(first, first + each));
            }
        }
        return all;
    }

    /** The same for some of its rows. */
    SourceMemory only(int[] kept) {
        Map<String, INDArray> fewer = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> fewer.put(name, only(tensor, kept)));
        List<Integer> keptIds = new ArrayList<>();
        List<Integer> keptLengths = new ArrayList<>();
        for (int row : kept) {
            keptLengths.add(lengths.get(row));
            keptIds.addAll(ids.isEmpty() ? ids : ids.subList(row * length, (row + 1) * length));
        }
        return new SourceMemory(input, length, keptLengths, keptIds, fewer);
    }

    private static INDArray only(INDArray rows, int[] kept) {
        long[] shape = rows.shape().clone();
        INDArray flat = rows.reshape(shape[0], -1);
        INDArray fewer = Nd4j.create(flat.dataType(), kept.length, flat.size(1));
        for (int row = 0; row < kept.length; row++) {
            fewer.putRow(row, flat.getRow(kept[row]));
        }
        shape[0] = kept.length;
        return fewer.reshape(shape);
    }

    /** Gives a decoding program what it looks at, and the sources themselves where it copies them. */
    void feed(Program program) {
        tensors.forEach((name, tensor) -> {
            if (program.hasInput(name)) {
                program.setInput(name, tensor);
            }
        });
        give(program, Names.lengths(input), unboxed(lengths));
        give(program, input, unboxed(ids));
    }

    /** Sets an input, where the graph has it: what nothing reads is none. */
    static void give(Program program, String name, int[] values) {
        if (program.hasInput(name)) {
            program.setInput(name, values);
        }
    }

    private static int[] unboxed(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
