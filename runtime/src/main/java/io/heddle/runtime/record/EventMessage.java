package io.heddle.runtime.record;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Events as Protocol Buffers write them (https://protobuf.dev/programming-guides/encoding), for these messages of TensorFlow's
 * {@code event.proto} and {@code summary.proto}:
 *
 * <pre>
 *   Event    double wall_time = 1    int64 step = 2    string file_version = 3    Summary summary = 5
 *   Summary  repeated Value value = 1
 *   Value    string tag = 1    float simple_value = 2
 * </pre>
 */
final class EventMessage {
    private static final String VERSION = "brain.Event:2";

    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;

    private static final int WHOLE = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH_FIRST = 2;
    private static final int FOUR_BYTES = 5;
    private static final int KIND_BITS = 3;

    private static final int GROUP_BITS = 7;
    private static final int GROUP = 0x7f;
    private static final int MORE = 0x80;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private EventMessage() {}

    /** What a file begins with. */
    static byte[] version(double seconds) {
        return new EventMessage()
                .real(WALL_TIME, seconds)
                .piece(FILE_VERSION, VERSION.getBytes(StandardCharsets.UTF_8))
                .bytes();
    }

    static byte[] of(EventFile.Event event) {
        EventMessage summary = new EventMessage();
        for (EventFile.Scalar scalar : event.scalars()) {
            byte[] value = new EventMessage()
                    .piece(TAG, scalar.tag().getBytes(StandardCharsets.UTF_8))
                    .real(SIMPLE_VALUE, scalar.value())
                    .bytes();
            summary.piece(VALUE, value);
        }
        EventMessage message = new EventMessage().real(WALL_TIME, event.seconds());
        if (event.step() != 0) { // a number that is not there is 0
            message.field(STEP, WHOLE).whole(event.step());
        }
        return message.piece(SUMMARY, summary.bytes()).bytes();
    }

    private byte[] bytes() {
        return bytes.toByteArray();
    }

    private EventMessage field(int number, int kind) {
        return whole((long) number << KIND_BITS | kind);
    }

    /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
    private EventMessage whole(long value) {
        long rest = value;
        while ((rest & ~GROUP) != 0) {
            bytes.write((int) (rest & GROUP) | MORE);
            rest >>>= GROUP_BITS;
        }
        bytes.write((int) rest);
        return this;
    }

    private EventMessage piece(int number, byte[] piece) {
        field(number, LENGTH_FIRST).whole(piece.length);
        bytes.writeBytes(piece);
        return this;
    }

    private EventMessage real(int number, double value) {
        field(number, EIGHT_BYTES);
        bytes.writeBytes(ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array());
        return this;
    }

    private EventMessage real(int number, float value) {
        field(number, FOUR_BYTES);
        bytes.writeBytes(ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
        return this;
    }
}
