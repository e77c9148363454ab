package io.heddle.runtime.exchange;

import io.heddle.runtime.program.ParameterLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Makes the tensors of another program of a model's weights: the way back of {@link WeightImport}. */
public final class WeightExport {
    private final Map<String, Source> sources = new HashMap<>();

    /** The weights that a tensor is made of, by the number of the part, and how they lie in it. */
    private record Source(Arrangement arrangement, SortedMap<Integer, Row> parts) {}

    /** A weight, or one of its rows. */
    private record Row(String weight, List<Long> shape, int row) {
        static final int WHOLE = -1;

        INDArray of(INDArray weight) {
            if (row == WHOLE) {
                return weight;
            }
            long[] sizes = shape.stream().skip(1).mapToLong(Long::longValue).toArray();
            return weight.slice(row).dup('c').reshape('c', sizes);
        }
    }

    private WeightExport() {}

    /** Of the weights of a model, by these names. */
    public static WeightExport of(ParameterLayout layout, WeightNames names) {
        WeightExport export = new WeightExport();
        Map<String, List<Origin>> origins = names.origins(layout);
        layout.entries().values().forEach(entry -> origins.get(entry.name()).forEach(it -> export.add(entry, it)));
        return export;
    }

    private void add(ParameterLayout.Entry entry, Origin origin) {
        boolean single = origin.tensors().size() == 1;
        for (int row = 0; row < origin.tensors().size(); row++) {
            sources.computeIfAbsent(origin.tensors().get(row), _ -> new Source(origin.arrangement(), new TreeMap<>()))
                    .parts()
                    .putIfAbsent(
                            origin.arrangement().part(),
                            new Row(entry.name(), entry.shape(), single ? Row.WHOLE : row));
        }
    }

    /** Whether a tensor of this name is made of weights. */
    public boolean has(String tensor) {
        return sources.containsKey(tensor) && sources.get(tensor).parts().size()
                == sources.get(tensor).arrangement().parts();
    }

    /**
     * A tensor of this name and shape.
     *
     * @param weights gives the numbers of each weight
     * @throws NoSuchElementException when it is made of no weights
     */
    public INDArray tensor(String name, long[] shape, Function<String, INDArray> weights) {
        if (!has(name)) {
            throw new NoSuchElementException(name);
        }
        Source source = sources.get(name);
        List<INDArray> pieces = new ArrayList<>();
        source.parts().values().forEach(row -> pieces.add(row.of(weights.apply(row.weight()))));
        return source.arrangement().joined(pieces, shape);
    }
}
