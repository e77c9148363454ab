package io.heddle.runtime.weights;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.ReadingMessages;
import io.heddle.runtime.messages.WeightsMessages;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A safetensors file, opened for reading by mapping it into memory.
 *
 * <pre>
 *   8 bytes        length N of the header, unsigned, little-endian
 *   N bytes        the header: a JSON object, see {@link SafetensorsHeader}
 *   the rest       the elements of all tensors, little-endian, c order, without gaps
 * </pre>
 *
 * <p>Opening reads the header alone; elements are read from the disk when they are used. Files may be larger than 2 GB.
 * The map ends when nothing refers to it any more, so there is nothing to close. Replacing the file by moving another
 * over it leaves an open one as it was; cutting an open file short makes reads of it fail.
 *
 * <p>Source: huggingface/safetensors, README, "Format". Unlike the reference implementation, repeated names are refused.
 */
public final class SafetensorsFile {
    /** The reference implementation allows no longer header either. */
    static final long LONGEST_HEADER = 100_000_000;

    private static final int LENGTH_BYTES = Long.BYTES;
    private static final ValueLayout.OfLong LENGTH =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String place;
    private final MemorySegment header;
    private final MemorySegment data;
    private final Map<String, TensorEntry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata;

    private SafetensorsFile(String place, MemorySegment header, MemorySegment data, SafetensorsHeader parsed) {
        this.place = place;
        this.header = header;
        this.data = data;
        this.metadata = parsed.metadata();
        parsed.entries().forEach(entry -> entries.put(entry.name(), entry));
    }

    /**
     * Opens a file and checks all of its header.
     *
     * @throws ProblemsException when there is no such file, when it is something other than a safetensors file, or when
     *     its header and its size do not fit each other exactly
     */
    public static SafetensorsFile open(Path path) {
        String place = path.toString();
        if (Files.isDirectory(path)) {
            throw new ProblemsException(WeightsMessages.folder(place));
        }
        if (Files.notExists(path)) {
            throw new ProblemsException(WeightsMessages.missing(place));
        }
        MemorySegment file = map(path, place);
        long headerBytes = headerBytes(place, file);
        MemorySegment json = file.asSlice(LENGTH_BYTES, headerBytes);
        MemorySegment data = file.asSlice(LENGTH_BYTES + headerBytes);
        return new SafetensorsFile(
                place,
                file.asSlice(0, LENGTH_BYTES + headerBytes),
                data,
                SafetensorsHeader.parse(place, json.asByteBuffer(), data.byteSize()));
    }

    private static MemorySegment map(Path path, String place) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        } catch (IOException cause) {
            throw new ProblemsException(ReadingMessages.unreadable(place, cause), cause);
        }
    }

    private static long headerBytes(String place, MemorySegment file) {
        long fileBytes = file.byteSize();
        if (fileBytes == 0) {
            throw new ProblemsException(WeightsMessages.empty(place));
        }
        long headerBytes = fileBytes < LENGTH_BYTES ? -1 : file.get(LENGTH, 0);
        boolean fits = headerBytes >= 0 && headerBytes <= fileBytes - LENGTH_BYTES;
        boolean plausible = fits
                && headerBytes > 0
                && headerBytes <= LONGEST_HEADER
                && file.get(ValueLayout.JAVA_BYTE, LENGTH_BYTES) == '{';
        if (plausible) {
            return headerBytes;
        }
        byte[] head = file.asSlice(0, Math.min(fileBytes, ForeignFile.LOOKS_AT)).toArray(ValueLayout.JAVA_BYTE);
        Optional<Problem> foreign = ForeignFile.guess(place, head);
        if (foreign.isPresent()) {
            throw new ProblemsException(foreign.get());
        }
        if (fileBytes < LENGTH_BYTES) {
            throw new ProblemsException(WeightsMessages.endsBeforeHeader(
                    place, fileBytes, "header length field", LENGTH_BYTES));
        }
        if (headerBytes < 0 || headerBytes > LONGEST_HEADER) {
            throw new ProblemsException(
                    WeightsMessages.absurdHeader(place, fileBytes, headerBytes, LONGEST_HEADER));
        }
        if (!fits) {
            throw new ProblemsException(
                    WeightsMessages.endsBeforeHeader(place, fileBytes, "header", headerBytes));
        }
        return headerBytes;
    }

    /** The file as it was named when it was opened. */
    public String place() {
        return place;
    }

    /** The bytes before the elements, as they stand in the file: the length field, the JSON, the spaces after it. */
    public MemorySegment header() {
        return header;
    }

    /** The tensors in the order in which their bytes lie in the file. */
    public List<TensorEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** The names of the tensors in the order in which their bytes lie in the file. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** The words under {@code __metadata__}; empty when there are none. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Whether the file holds a tensor of this name. */
    public boolean has(String name) {
        return entries.containsKey(name);
    }

    /**
     * What the header says about a tensor.
     *
     * @throws ProblemsException when there is none of this name
     */
    public TensorEntry entry(String name) {
        return Optional.ofNullable(entries.get(name))
                .orElseThrow(() -> new ProblemsException(WeightsMessages.unknown(place, name, names())));
    }

    /**
     * The bytes of a tensor in the file, read-only, little-endian, without a copy; they may lie at any address.
     *
     * @throws ProblemsException when there is none of this name
     */
    public MemorySegment segment(String name) {
        TensorEntry entry = entry(name);
        return data.asSlice(entry.begin(), entry.bytes());
    }
}
