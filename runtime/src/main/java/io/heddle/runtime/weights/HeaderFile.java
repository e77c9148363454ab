package io.heddle.runtime.weights;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.ReadingMessages;
import io.heddle.runtime.messages.WeightsMessages;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The header of a safetensors file without its elements: what was in the file, and where.
 *
 * @param entries the tensors in the order in which their bytes lie
 * @param bytes the length field, the JSON and the spaces after it, as they stand in the file
 */
public record HeaderFile(List<TensorEntry> entries, MemorySegment bytes) {
    /** Keeps the list from changing later. */
    public HeaderFile {
        entries = List.copyOf(entries);
    }

    /** The header of a file. */
    public static HeaderFile of(SafetensorsFile file) {
        return new HeaderFile(file.entries(), file.header());
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @throws ProblemsException when it is missing or damaged
     */
    public static HeaderFile open(Path path) {
        String place = path.toString();
        try {
            MemorySegment bytes = MemorySegment.ofArray(Files.readAllBytes(path));
            long length = bytes.byteSize() < Long.BYTES ? -1 : bytes.get(TensorReader.LONG, 0);
            if (length != bytes.byteSize() - Long.BYTES) {
                throw new ProblemsException(
                        WeightsMessages.endsBeforeHeader(place, bytes.byteSize(), "header", length));
            }
            return new HeaderFile(
                    SafetensorsHeader.parse(place, bytes.asSlice(Long.BYTES).asByteBuffer()).entries(), bytes);
        } catch (IOException cause) {
            throw new ProblemsException(ReadingMessages.unreadable(place, cause), cause);
        }
    }

    /** Writes it into a file of its own. */
    public void save(Path path) throws IOException {
        Files.write(path, bytes.toArray(ValueLayout.JAVA_BYTE));
    }

    /** How many bytes the whole file has. */
    long fileBytes() {
        return bytes.byteSize() + TensorLayout.bytes(entries);
    }
}
