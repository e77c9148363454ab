package io.heddle.runtime.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What tells one set of data from another, so that a training does not go on with other data than it began with.
 *
 * @param sizes of the data, in a line for the reader
 * @param digest of all its tokens, in order: eight bytes of their SHA-256, in hexadecimal digits
 */
public record DataMark(String sizes, String digest) {
    private static final int BYTES = 8;

    /** The sizes and the digest, as messages show them. */
    public String told() {
        return sizes + " (digest " + digest + ")";
    }

    /** Takes up tokens and makes a mark of them. */
    static final class Maker {
        private final MessageDigest digest;

        Maker() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException("Every Java has SHA-256.", missing);
            }
        }

        /** The number of tokens counts as well: where one list ends and the next begins makes a difference. */
        void add(int[] ids) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(ids.length + 1, Integer.BYTES));
            bytes.asIntBuffer().put(ids.length).put(ids);
            digest.update(bytes);
        }

        /** As {@link #add(int[])}, of bytes. */
        void add(byte[] values) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, values.length));
            digest.update(values);
        }

        DataMark mark(String sizes) {
            return new DataMark(sizes, HexFormat.of().formatHex(digest.digest(), 0, BYTES));
        }
    }
}
