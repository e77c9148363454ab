package io.heddle.runtime.record;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.files.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of events as TensorBoard reads them: records of TensorFlow
 * (https://www.tensorflow.org/tutorials/load_data/tfrecord, "TFRecords format details"), each of which holds an {@link EventMessage}.
 *
 * <pre>
 *   8 bytes    length of the event
 *   4 bytes    masked CRC-32C of these 8 bytes
 *   length     the event
 *   4 bytes    masked CRC-32C of the event
 * </pre>
 *
 * <p>Numbers are little-endian. A CRC is masked by {@code rotateRight(crc, 15) + 0xa282ead8}, since a CRC of what holds CRCs would tell
 * little.
 */
public final class EventFile {
    /** What a file is called that TensorBoard is to find. */
    public static final String NAME = "events.out.tfevents.heddle";

    private static final int ROTATION = 15;
    private static final int MASK = 0xa282ead8;

    private EventFile() {}

    /**
     * Scalars of one step.
     *
     * @param seconds since 1970, when it was measured
     */
    public record Event(double seconds, long step, List<Scalar> scalars) {
        /** Keeps the scalars from changing later. */
        public Event {
            scalars = List.copyOf(scalars);
        }
    }

    /**
     * A number that is drawn as a curve over the steps.
     *
     * @param tag names the curve; what stands before the first {@code /} groups it with others
     * @param value kept as a 32-bit float, as TensorBoard does
     */
    public record Scalar(String tag, float value) {}

    /**
     * Puts a file of events in place of any that is there.
     *
     * @param began when the first was measured, in seconds since 1970
     * @throws ProblemsException when it cannot be written; the file is then as it was
     */
    public static void write(Path file, double began, Iterable<Event> events) {
        AtomicFile.write(file, 0, channel -> {
            OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel));
            writeRecord(stream, EventMessage.version(began));
            for (Event event : events) {
                writeRecord(stream, EventMessage.of(event));
            }
            stream.flush();
        });
    }

    private static void writeRecord(OutputStream stream, byte[] event) throws IOException {
        byte[] length = littleEndian(Long.BYTES).putLong(event.length).array();
        stream.write(length);
        stream.write(masked(length));
        stream.write(event);
        stream.write(masked(event));
    }

    private static byte[] masked(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        int masked = Integer.rotateRight((int) sum.getValue(), ROTATION) + MASK;
        return littleEndian(Integer.BYTES).putInt(masked).array();
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
