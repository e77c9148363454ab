package io.heddle.runtime.data.text;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.TextMessages;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes to text, refusing what is not text: empty, binary (NUL bytes) or malformed UTF-8. */
final class Utf8 {
    private Utf8() {}

    /**
     * The text in {@code bytes}, without a byte order mark.
     *
     * @param name the file, for problems
     * @throws ProblemsException when there is nothing, a NUL byte, or a byte that is no UTF-8
     */
    static String decode(String name, byte[] bytes) {
        if (bytes.length == 0) {
            throw new ProblemsException(TextMessages.empty(name));
        }
        refuseBinary(name, bytes);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        // UTF-8 never decodes to more chars than it has bytes.
        CharBuffer out = CharBuffer.allocate(bytes.length);
        int malformed = 0;
        int first = 0;
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                break;
            }
            if (malformed == 0) {
                first = in.position();
            }
            malformed++;
            in.position(in.position() + result.length());
        }
        if (malformed > 0) {
            throw new ProblemsException(malformedProblem(name, bytes, first, malformed));
        }
        String text = out.flip().toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static void refuseBinary(String name, byte[] bytes) {
        int first = -1;
        int count = 0;
        for (int index = 0; index < bytes.length; index++) {
            if (bytes[index] == 0) {
                first = count == 0 ? index : first;
                count++;
            }
        }
        if (count > 0) {
            throw new ProblemsException(TextMessages.binary(name, count, first));
        }
    }

    private static Problem malformedProblem(String name, byte[] bytes, int first, int count) {
        int line = 1;
        for (int index = 0; index < first; index++) {
            line += bytes[index] == '\n' ? 1 : 0;
        }
        return TextMessages.notUtf8(name, line, first, bytes[first], count);
    }
}
