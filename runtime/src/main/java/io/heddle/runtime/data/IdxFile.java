package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.PictureMessages;
import io.heddle.runtime.messages.ReadingMessages;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An array of unsigned bytes in the IDX format: two zeros, the type 8, the number of axes, each axis as four bytes with
 * the highest first, then the values, row-major. Source: yann.lecun.com/exdb/mnist, "The IDX file format".
 */
final class IdxFile {
    private static final int UNSIGNED_BYTES = 8;
    private static final int MOST_AXES = 4;
    private static final int WORD = 4;
    private static final int GZIP_FIRST = 0x1F;
    private static final int GZIP_SECOND = 0x8B;

    /** What fits into one array of every Java. */
    private static final long MOST_VALUES = 2_000_000_000L;

    private final String name;
    private final int[] shape;
    private final byte[] values;

    private IdxFile(String name, int[] shape, byte[] values) {
        this.name = name;
        this.shape = shape;
        this.values = values;
    }

    /** What the file is called in problems. */
    String name() {
        return name;
    }

    /** How many axes there are. */
    int axes() {
        return shape.length;
    }

    /** The size of one axis, counted from 0. */
    int size(int axis) {
        return shape[axis];
    }

    /** The values, row-major; the file's own array, only to be read. */
    byte[] values() {
        return values;
    }

    /**
     * Reads a file, compressed by gzip or not: its first bytes tell.
     *
     * @param expected what it should hold: {@code pictures, images-idx3-ubyte}
     * @throws ProblemsException when it is missing, of another format, of other values than bytes, or longer or shorter
     *     than its axes say
     */
    static IdxFile read(Path path, String expected) {
        if (!path.toFile().exists()) {
            throw new ProblemsException(PictureMessages.missing(path, expected));
        }
        try (InputStream file = new BufferedInputStream(Files.newInputStream(path));
                InputStream input = plain(file)) {
            return read(path.toString(), input);
        } catch (EOFException | ZipException broken) {
            throw new ProblemsException(PictureMessages.brokenGzip(path.toString()), broken);
        } catch (IOException cause) {
            throw new ProblemsException(ReadingMessages.unreadable(path.toString(), cause), cause);
        }
    }

    private static InputStream plain(InputStream file) throws IOException {
        file.mark(2);
        boolean packed = file.read() == GZIP_FIRST && file.read() == GZIP_SECOND;
        file.reset();
        return packed ? new BufferedInputStream(new GZIPInputStream(file)) : file;
    }

    private static IdxFile read(String name, InputStream input) throws IOException {
        byte[] magic = input.readNBytes(WORD);
        if (magic.length < WORD || magic[0] != 0 || magic[1] != 0 || magic[2] != UNSIGNED_BYTES || magic[3] < 1
                || magic[3] > MOST_AXES) {
            throw new ProblemsException(PictureMessages.otherFormat(name, hexadecimal(magic)));
        }
        byte[] axes = input.readNBytes(WORD * magic[3]);
        int[] shape = new int[axes.length / WORD];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = word(axes, axis * WORD);
        }
        if (shape.length < magic[3] || Arrays.stream(shape).anyMatch(size -> size < 0)) {
            throw new ProblemsException(PictureMessages.otherFormat(name, hexadecimal(magic)));
        }
        long size = size(shape);
        if (size > MOST_VALUES) {
            throw new ProblemsException(PictureMessages.tooLarge(name, told(shape)));
        }
        byte[] values = values(input, size);
        if (values.length != size || input.read() >= 0) {
            throw new ProblemsException(PictureMessages.otherLength(name, told(shape), size, values.length));
        }
        return new IdxFile(name, shape, values);
    }

    /** No more memory than the file has bytes, whatever its axes say. */
    private static byte[] values(InputStream input, long size) throws IOException {
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 16];
        while (values.size() < size) {
            int read = input.read(piece, 0, (int) Math.min(piece.length, size - values.size()));
            if (read < 0) {
                break;
            }
            values.write(piece, 0, read);
        }
        return values.toByteArray();
    }

    private static long size(int[] shape) {
        long size = 1;
        for (int axis : shape) {
            size = Math.min(size * axis, Integer.MAX_VALUE + 1L);
        }
        return size;
    }

    private static int word(byte[] bytes, int at) {
        int word = 0;
        for (int place = at; place < at + WORD; place++) {
            word = (word << 8) | (bytes[place] & 0xFF);
        }
        return word;
    }

    private static String hexadecimal(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte each : bytes) {
            text.append(text.isEmpty() ? "" : " ").append(String.format("%02x", each & 0xFF));
        }
        return text.toString();
    }

    /** The axes as messages write them: {@code 10000 x 28 x 28}. */
    private static String told(int[] shape) {
        return Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
    }
}
