package io.heddle.runtime.weights;

import io.heddle.check.Problem;
import io.heddle.runtime.messages.ForeignFileMessages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Files that people give in place of a safetensors file, told by their first bytes. */
final class ForeignFile {
    /** How many bytes from the start {@link #guess} looks at. */
    static final int LOOKS_AT = 64;

    /** What is told of a kind of file, and its first bytes, one character a byte. */
    private record Sign(Function<String, Problem> told, String start) {}

    private static final List<Sign> SIGNS = List.of(
            new Sign(ForeignFileMessages::zip, "PK\u0003\u0004"),
            new Sign(ForeignFileMessages::oldPickle, "\u0080\u0002"),
            new Sign(ForeignFileMessages::pickle, "\u0080\u0003"),
            new Sign(ForeignFileMessages::pickle, "\u0080\u0004"),
            new Sign(ForeignFileMessages::pickle, "\u0080\u0005"),
            new Sign(ForeignFileMessages::hdf5, "\u0089HDF\r\n"),
            new Sign(ForeignFileMessages::gguf, "GGUF"),
            new Sign(ForeignFileMessages::numpy, "\u0093NUMPY"),
            new Sign(ForeignFileMessages::gzip, "\u001f\u008b"),
            new Sign(ForeignFileMessages::pointer, "version https://git-lfs"),
            new Sign(ForeignFileMessages::page, "<!DOCTYPE"),
            new Sign(ForeignFileMessages::page, "<!doctype"),
            new Sign(ForeignFileMessages::page, "<html"));

    private ForeignFile() {}

    /** What is told of a file with this start; empty when nothing is recognized. */
    static Optional<Problem> guess(String place, byte[] head) {
        String start = new String(head, StandardCharsets.ISO_8859_1);
        Optional<Problem> known = SIGNS.stream()
                .filter(sign -> start.startsWith(sign.start()))
                .findFirst()
                .map(sign -> sign.told().apply(place));
        return known.isPresent() || !looksLikeText(head) ? known : Optional.of(ForeignFileMessages.text(place));
    }

    private static boolean looksLikeText(byte[] head) {
        for (byte octet : head) {
            boolean control = octet >= 0 && octet < ' ' && octet != '\n' && octet != '\r' && octet != '\t';
            if (control || octet < 0 || octet == 0x7F) {
                return false;
            }
        }
        return head.length > 0;
    }
}
