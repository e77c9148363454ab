package io.heddle.runtime.data.tokenizer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes that come in pieces, as text in whole characters; bytes that can never be UTF-8 become U+FFFD. */
final class Utf8Stream {
    // The longest beginning of a character that can be waiting for its rest is three bytes.
    private static final int LONGEST_REST = 3;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] rest = new byte[0];

    String accept(byte[] bytes) {
        return decode(bytes, false);
    }

    String finish() {
        String last = decode(new byte[0], true);
        decoder.reset();
        return last;
    }

    private String decode(byte[] bytes, boolean end) {
        ByteBuffer in = ByteBuffer.allocate(rest.length + bytes.length).put(rest).put(bytes).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + LONGEST_REST);
        decoder.decode(in, out, end);
        rest = new byte[in.remaining()];
        in.get(rest);
        return out.flip().toString();
    }
}
