package io.heddle.runtime.generate;

import io.heddle.lowering.Names;
import io.heddle.lowering.Purpose;
import io.heddle.model.TokenInput;
import io.heddle.runtime.model.ModelRoles;
import io.heddle.runtime.model.RunnableModel;
import io.heddle.runtime.program.Executable;
import io.heddle.runtime.program.Program;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a decoder looks at: the keys and values of every cross-attention, computed once for its sources.
 *
 * @param length of the sources, padding included
 * @param lengths how many tokens of each are real
 */
record SourceMemory(TokenInput input, int length, List<Integer> lengths, Map<String, INDArray> tensors) {
    /** Padded lengths are rounded up to this, so that few programs are made. */
    private static final int MULTIPLE = 4;

    /** Reads sources, one a row. */
    static SourceMemory of(RunnableModel model, TokenInput input, List<int[]> sources) {
        int[] lengths = sources.stream().mapToInt(source -> source.length).toArray();
        int longest = Arrays.stream(lengths).max().orElse(1);
        int multiple = ModelRoles.limit(input).map(limit -> limit.multiple(MULTIPLE)).orElse(MULTIPLE);
        int length = Math.ceilDiv(longest, multiple) * multiple;
        int[] ids = new int[sources.size() * length];
        for (int row = 0; row < sources.size(); row++) {
            System.arraycopy(sources.get(row), 0, ids, row * length, lengths[row]);
        }
        Executable executable = model.executable(Purpose.Encoding);
        Program program = executable.bind(Map.of("batch", (long) sources.size(), input.getName(), (long) length));
        program.setInput(input.getName(), ids);
        program.setInput(Names.lengths(input.getName()), lengths);
        program.run();
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        // The program's outputs change with its next run.
        executable.graph().getOutputs().keySet().forEach(name -> tensors.put(name, program.output(name).dup()));
        return new SourceMemory(input, length, Arrays.stream(lengths).boxed().toList(), tensors);
    }

    /** Gives a decoding program what it looks at. */
    void feed(Program program) {
        tensors.forEach(program::setInput);
        program.setInput(
                Names.lengths(input.getName()), lengths.stream().mapToInt(Integer::intValue).toArray());
    }
}
