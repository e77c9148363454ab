package io.heddle.runtime.exchange;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.ExchangeMessages;
import io.heddle.runtime.program.ParameterLayout;
import io.heddle.runtime.weights.SafetensorsFile;
import io.heddle.runtime.weights.TensorArrays;
import io.heddle.runtime.weights.TensorEntry;
import io.heddle.runtime.weights.TensorSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads a model's weights from a file of another program, strictly: every weight is found, every tensor is used once or
 * named as of no use, what is there twice is there with the same numbers.
 */
public final class WeightImport {
    private final WeightFiles files;
    private final WeightNames names;
    private final DataType type;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, BitSet> partsLeft = new HashMap<>();

    private WeightImport(WeightFiles files, WeightNames names, DataType type) {
        this.files = files;
        this.names = names;
        this.type = type;
    }

    /**
     * A value for each weight of a model.
     *
     * @param type DOUBLE or FLOAT
     * @throws ProblemsException with everything that does not fit
     */
    public static Map<String, INDArray> read(
            ParameterLayout layout, SafetensorsFile file, WeightNames names, DataType type) {
        return read(layout, WeightFiles.of(file), names, type);
    }

    /**
     * A value for each weight of a model, whose tensors may lie in several files.
     *
     * @param type DOUBLE or FLOAT
     * @throws ProblemsException with everything that does not fit
     */
    public static Map<String, INDArray> read(
            ParameterLayout layout, WeightFiles files, WeightNames names, DataType type) {
        Map<String, INDArray> values = new LinkedHashMap<>();
        sources(layout, files, names, type)
                .forEach(source -> values.put(source.name(), source.maker().get()));
        return values;
    }

    /**
     * The same weights, each made when it is asked for: nothing is read beforehand but what has to be compared.
     *
     * @param type DOUBLE or FLOAT
     * @throws ProblemsException with everything that does not fit
     */
    public static List<TensorSource.Made> sources(
            ParameterLayout layout, WeightFiles files, WeightNames names, DataType type) {
        return new WeightImport(files, names, type).sources(layout);
    }

    private List<TensorSource.Made> sources(ParameterLayout layout) {
        List<TensorSource.Made> sources = new ArrayList<>();
        Map<String, List<Origin>> origins = names.origins(layout);
        layout.entries()
                .forEach((name, entry) -> maker(entry, origins.get(name))
                        .ifPresent(maker -> sources.add(new TensorSource.Made(name, type, entry.shape(), maker))));
        files.names().forEach(this::checkUse);
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return sources;
    }

    private Optional<Supplier<INDArray>> maker(ParameterLayout.Entry entry, List<Origin> origins) {
        List<Origin> there =
                origins.stream().filter(origin -> origin.tensors().stream().allMatch(files::has)).toList();
        if (there.isEmpty()) {
            problems.add(ExchangeMessages.missing(
                    files.place(), names.place(), entry.name(), entry.shape().toString(), looked(origins)));
            return Optional.empty();
        }
        Optional<Supplier<INDArray>> first = Optional.empty();
        for (Origin origin : there) {
            Optional<Supplier<INDArray>> other = maker(entry, origin);
            if (first.isPresent() && other.isPresent() && !areEqual(first.get(), other.get())) {
                problems.add(ExchangeMessages.unequal(
                        files.place(), entry.name(), first(there.getFirst()), first(origin)));
            }
            first = first.or(() -> other);
        }
        return first;
    }

    private static boolean areEqual(Supplier<INDArray> one, Supplier<INDArray> other) {
        INDArray left = one.get();
        INDArray right = other.get();
        try {
            return left.eq(right).all();
        } finally {
            TensorArrays.letGo(left);
            TensorArrays.letGo(right);
        }
    }

    private Optional<Supplier<INDArray>> maker(ParameterLayout.Entry entry, Origin origin) {
        boolean single = origin.tensors().size() == 1;
        List<Long> shape = single ? entry.shape() : entry.shape().subList(1, entry.shape().size());
        for (String tensor : origin.tensors()) {
            use(tensor, origin.arrangement());
            TensorEntry stored = files.holder(tensor).entry(tensor);
            if (!stored.type().isFloating()) {
                problems.add(ExchangeMessages.whole(
                        files.holder(tensor).place(),
                        tensor,
                        stored.type().name(),
                        entry.name()));
                return Optional.empty();
            }
            long[] sizes = stored.sizes();
            if (!Shapes.fit(origin.arrangement().shape(sizes), shape)) {
                Arrangement arrangement = origin.arrangement();
                String taken = ExchangeMessages.taken(
                        Arrays.toString(sizes), arrangement.axes(), arrangement.part(), arrangement.parts());
                problems.add(names.otherShape(
                        files.holder(tensor).place(), tensor, taken, entry.name(), entry.shape().toString()));
                return Optional.empty();
            }
        }
        return Optional.of(() -> {
            if (single) {
                return taken(origin.tensors().getFirst(), origin.arrangement(), shape);
            }
            INDArray[] rows = origin.tensors().stream()
                    .map(tensor -> taken(tensor, origin.arrangement(), shape))
                    .toArray(INDArray[]::new);
            INDArray all = Nd4j.stack(0, rows);
            Arrays.stream(rows).forEach(TensorArrays::letGo);
            return all;
        });
    }

    /** The part of a tensor that a weight of this shape is, as an array of its own. */
    private INDArray taken(String tensor, Arrangement arrangement, List<Long> shape) {
        INDArray whole = TensorArrays.copy(files.holder(tensor), tensor, type);
        INDArray part = arrangement.taken(whole, shape);
        TensorArrays.letGo(whole);
        return part;
    }

    private static List<String> looked(List<Origin> origins) {
        return origins.stream().map(WeightImport::first).distinct().toList();
    }

    private static String first(Origin origin) {
        return origin.tensors().getFirst();
    }

    private void use(String tensor, Arrangement arrangement) {
        BitSet parts = partsLeft.computeIfAbsent(tensor, name -> {
            BitSet all = new BitSet();
            all.set(0, arrangement.parts());
            return all;
        });
        parts.clear(arrangement.part() - 1);
    }

    private void checkUse(String tensor) {
        boolean used = partsLeft.containsKey(tensor) && partsLeft.get(tensor).isEmpty();
        if (used || names.isUnused(tensor)) {
            return;
        }
        String place = files.holder(tensor).place();
        if (!names.isZeros(tensor)) {
            String shape = Arrays.toString(files.holder(tensor).entry(tensor).sizes());
            problems.add(names.left(place, tensor, shape));
            return;
        }
        INDArray numbers = TensorArrays.copy(files.holder(tensor), tensor, DataType.DOUBLE);
        if (numbers.amaxNumber().doubleValue() != 0.0) {
            problems.add(ExchangeMessages.notZero(place, tensor));
        }
        TensorArrays.letGo(numbers);
    }
}
