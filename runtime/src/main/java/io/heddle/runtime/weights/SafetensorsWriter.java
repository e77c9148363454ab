package io.heddle.runtime.weights;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.files.AtomicFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes safetensors files: the tensors in the order given, each straight from its memory to the disk.
 *
 * <p>The header is padded with spaces to a multiple of 8 bytes, so that tensors of 8-byte types that come first are
 * aligned when the file is mapped. The file is written aside and moved into place, see {@link AtomicFile}. The same
 * tensors give the same bytes.
 */
public final class SafetensorsWriter {
    private static final int ALIGNMENT = 8;

    /** A ByteBuffer shows at most 2 GB of a segment, and the copy of one on the Java heap should be small. */
    private static final long CHUNK_BYTES = 1L << 20;

    private SafetensorsWriter() {}

    /**
     * Writes a file, replacing one of the same name.
     *
     * @param metadata words for {@code __metadata__}, in their order; none when empty
     * @throws ProblemsException when the tensors cannot be stored (all reasons at once) or the file cannot be written; a
     *     file of this name is then as it was
     */
    public static void write(Path target, Map<String, String> metadata, List<TensorSource> tensors) {
        List<TensorEntry> entries = HeaderWriter.layOut(target.toString(), tensors);
        ByteBuffer header = header(HeaderWriter.json(metadata, entries));
        long dataBytes = entries.isEmpty() ? 0 : entries.getLast().end();
        AtomicFile.write(target, header.remaining() + dataBytes, channel -> {
            writeFully(channel, header);
            for (TensorSource tensor : tensors) {
                writeTensor(channel, tensor);
            }
        });
    }

    /**
     * Writes a file with the header of another, byte by byte, replacing one of the same name.
     *
     * @param like says which tensors there are, and how their elements are stored
     * @param elements gives the elements of each tensor when its turn comes, as many bytes as it has; what it allocates of the
     *     arena is given back before the next one's turn
     * @throws ProblemsException when the file cannot be written; a file of this name is then as it was
     */
    public static void write(Path target, HeaderFile like, BiFunction<TensorEntry, Arena, MemorySegment> elements) {
        AtomicFile.write(target, like.fileBytes(), channel -> {
            writeFully(channel, like.bytes());
            for (TensorEntry entry : like.entries()) {
                try (Arena arena = Arena.ofConfined()) {
                    MemorySegment given = elements.apply(entry, arena);
                    if (given.byteSize() != entry.bytes()) {
                        throw new IllegalArgumentException(
                                entry.name() + " has " + entry.bytes() + " bytes, not " + given.byteSize());
                    }
                    writeFully(channel, given);
                }
            }
        });
    }

    /** The length field, the JSON and the spaces. */
    private static ByteBuffer header(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        int padded = Math.ceilDiv(bytes.length, ALIGNMENT) * ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(padded).put(bytes);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }

    private static void writeTensor(FileChannel channel, TensorSource tensor) throws IOException {
        switch (tensor) {
            case TensorSource.Memory memory -> writeFully(channel, memory.elements());
            case TensorSource.Array given -> writeArray(channel, given.array());
            case TensorSource.Made made -> {
                INDArray array = made.maker().get();
                long count = made.shape().stream().reduce(1L, (left, right) -> left * right);
                if (array.dataType() != made.type() || array.length() != count) {
                    throw new IllegalArgumentException(made.name() + " is not made as it was told.");
                }
                writeArray(channel, array);
                TensorArrays.letGo(array);
            }
        }
    }

    private static void writeArray(FileChannel channel, INDArray array) throws IOException {
        if (array.length() == 0) {
            return;
        }
        INDArray whole = isWhole(array) ? array : array.dup('c');
        try {
            writeFully(channel, TensorArrays.memory(whole));
        } finally {
            Reference.reachabilityFence(whole);
        }
    }

    /** Whether the elements lie from the start of the array's own memory on, in c order, without gaps. */
    private static boolean isWhole(INDArray array) {
        return !array.isView() && array.ordering() == 'c' && array.offset() == 0 && array.elementWiseStride() == 1;
    }

    private static void writeFully(FileChannel channel, MemorySegment elements) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = elements.isNative() ? MemorySegment.NULL : arena.allocate(CHUNK_BYTES);
            for (long start = 0; start < elements.byteSize(); start += CHUNK_BYTES) {
                long bytes = Math.min(CHUNK_BYTES, elements.byteSize() - start);
                MemorySegment chunk = elements.asSlice(start, bytes);
                // Channels take memory outside the Java heap alone.
                writeFully(channel,
                        (elements.isNative() ? chunk : copy.asSlice(0, bytes).copyFrom(chunk)).asByteBuffer());
            }
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
