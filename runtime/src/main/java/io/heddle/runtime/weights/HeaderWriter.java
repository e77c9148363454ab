package io.heddle.runtime.weights;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.TensorWritingMessages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import kotlinx.serialization.json.JsonElementKt;
import org.nd4j.linalg.api.buffer.DataType;

/** Decides where each tensor goes in a file, and says it in JSON as the reference implementation does. */
final class HeaderWriter {
    private HeaderWriter() {}

    /** One tensor after the other, in the order given. */
    static List<TensorEntry> layOut(String place, List<TensorSource> tensors) {
        List<Problem> problems = new ArrayList<>();
        List<TensorEntry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long begin = 0;
        for (TensorSource tensor : tensors) {
            if (tensor.name().equals(SafetensorsHeader.METADATA) || !names.add(tensor.name())) {
                problems.add(tensor.name().equals(SafetensorsHeader.METADATA)
                        ? TensorWritingMessages.keptName(place, tensor.name())
                        : TensorWritingMessages.nameTwice(place, tensor.name()));
                continue;
            }
            Optional<TensorEntry> entry = entry(place, tensor, begin, problems);
            if (entry.isPresent()) {
                entries.add(entry.get());
                begin = entry.get().end();
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return entries;
    }

    private static Optional<TensorEntry> entry(
            String place, TensorSource tensor, long begin, List<Problem> problems) {
        return switch (tensor) {
            case TensorSource.Memory memory -> memoryEntry(place, memory, begin, problems);
            case TensorSource.Array given -> entry(
                    place,
                    given.name(),
                    given.array().dataType(),
                    Arrays.stream(given.array().shape()).boxed().toList(),
                    begin,
                    problems);
            case TensorSource.Made made -> entry(place, made.name(), made.type(), made.shape(), begin, problems);
        };
    }

    private static Optional<TensorEntry> entry(
            String place, String name, DataType given, List<Long> shape, long begin, List<Problem> problems) {
        Optional<ElementType> type = stored(given);
        if (type.isEmpty()) {
            problems.add(TensorWritingMessages.otherType(place, name, given.name()));
        }
        long count = shape.stream().reduce(1L, (left, right) -> left * right);
        return type.map(stored -> new TensorEntry(name, stored, shape, begin, begin + count * stored.bytes()));
    }

    private static Optional<TensorEntry> memoryEntry(
            String place, TensorSource.Memory memory, long begin, List<Problem> problems) {
        ElementType type = memory.type();
        long bytes = memory.shape().stream().reduce((long) type.bytes(), (left, right) -> left * right);
        if (bytes != memory.elements().byteSize()) {
            problems.add(TensorWritingMessages.otherSize(
                    place,
                    memory.name(),
                    TensorEntry.shapeText(memory.shape()),
                    bytes,
                    memory.elements().byteSize()));
            return Optional.empty();
        }
        return Optional.of(new TensorEntry(memory.name(), type, memory.shape(), begin, begin + bytes));
    }

    private static Optional<ElementType> stored(DataType type) {
        return Optional.ofNullable(Map.of(
                DataType.FLOAT, ElementType.F32,
                DataType.DOUBLE, ElementType.F64,
                DataType.INT64, ElementType.I64,
                DataType.INT32, ElementType.I32)
                .get(type));
    }

    /** The header without padding: compact, metadata first, keys in the reference implementation's order. */
    static String json(Map<String, String> metadata, List<TensorEntry> entries) {
        List<String> members = new ArrayList<>();
        if (!metadata.isEmpty()) {
            members.add(quoted(SafetensorsHeader.METADATA) + ":"
                    + metadata.entrySet().stream()
                            .map(word -> quoted(word.getKey()) + ":" + quoted(word.getValue()))
                            .collect(Collectors.joining(",", "{", "}")));
        }
        for (TensorEntry entry : entries) {
            String shape = entry.shape().stream().map(String::valueOf).collect(Collectors.joining(","));
            members.add(quoted(entry.name()) + ":{\"dtype\":\"" + entry.type() + "\",\"shape\":[" + shape
                    + "],\"data_offsets\":[" + entry.begin() + "," + entry.end() + "]}");
        }
        return members.stream().collect(Collectors.joining(",", "{", "}"));
    }

    private static String quoted(String words) {
        return JsonElementKt.JsonPrimitive(words).toString();
    }
}
