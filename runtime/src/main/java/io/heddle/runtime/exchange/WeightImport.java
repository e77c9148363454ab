package io.heddle.runtime.exchange;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.ExchangeMessages;
import io.heddle.runtime.program.ParameterLayout;
import io.heddle.runtime.weights.SafetensorsFile;
import io.heddle.runtime.weights.TensorArrays;
import io.heddle.runtime.weights.TensorEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        return new WeightImport(files, names, type).read(layout);
    }

    private Map<String, INDArray> read(ParameterLayout layout) {
        Map<String, INDArray> values = new LinkedHashMap<>();
        Map<String, List<Origin>> origins = names.origins(layout);
        layout.entries()
                .forEach((name, entry) -> value(entry, origins.get(name)).ifPresent(value -> values.put(name, value)));
        files.names().forEach(this::checkUse);
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return values;
    }

    private Optional<INDArray> value(ParameterLayout.Entry entry, List<Origin> origins) {
        List<Origin> there =
                origins.stream().filter(origin -> origin.tensors().stream().allMatch(files::has)).toList();
        if (there.isEmpty()) {
            problems.add(ExchangeMessages.missing(
                    files.place(), names.place(), entry.name(), entry.shape().toString(), looked(origins)));
            return Optional.empty();
        }
        Optional<INDArray> first = Optional.empty();
        for (Origin origin : there) {
            Optional<INDArray> value = value(entry, origin);
            if (first.isPresent() && value.isPresent() && !first.get().eq(value.get()).all()) {
                problems.add(ExchangeMessages.unequal(
                        files.place(), entry.name(), first(there.getFirst()), first(origin)));
            }
            first = first.or(() -> value);
        }
        return first;
    }

    private Optional<INDArray> value(ParameterLayout.Entry entry, Origin origin) {
        List<INDArray> rows = new ArrayList<>();
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
            if (Shapes.fit(origin.arrangement().shape(sizes), shape)) {
                rows.add(origin.arrangement().taken(TensorArrays.copy(files.holder(tensor), tensor, type), shape));
            } else {
                Arrangement arrangement = origin.arrangement();
                String taken = ExchangeMessages.taken(
                        Arrays.toString(sizes), arrangement.axes(), arrangement.part(), arrangement.parts());
                problems.add(names.otherShape(
                        files.holder(tensor).place(), tensor, taken, entry.name(), entry.shape().toString()));
                return Optional.empty();
            }
        }
        return Optional.of(single ? rows.getFirst() : Nd4j.stack(0, rows.toArray(INDArray[]::new)));
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
        } else if (TensorArrays.copy(files.holder(tensor), tensor, DataType.DOUBLE).amaxNumber().doubleValue() != 0.0) {
            problems.add(ExchangeMessages.notZero(place, tensor));
        }
    }
}
