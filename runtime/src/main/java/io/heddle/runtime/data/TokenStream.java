package io.heddle.runtime.data;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.messages.Counts;
import io.heddle.runtime.messages.DataMessages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Token ids in the order of their text, from which windows are cut. */
public final class TokenStream {
    private final String part;
    private final Tokenizer tokenizer;
    private final int[] ids;
    private final List<Piece> pieces;

    /** Where a piece of text begins, in the stream and in its file. */
    private record Piece(int start, TextOrigin origin) {}

    private TokenStream(String part, Tokenizer tokenizer, int[] ids, List<Piece> pieces) {
        this.part = part;
        this.tokenizer = tokenizer;
        this.ids = ids;
        this.pieces = List.copyOf(pieces);
    }

    /** How many tokens there are. */
    public int length() {
        return ids.length;
    }

    /** The token at {@code index}. */
    public int id(int index) {
        return ids[index];
    }

    /** Copies {@code count} tokens from {@code start} on. */
    void copy(int start, int[] target, int offset, int count) {
        System.arraycopy(ids, start, target, offset, count);
    }

    void addTo(DataMark.Maker mark) {
        mark.add(ids);
    }

    int paddingId() {
        return tokenizer.specialIds().padding().orElse(0);
    }

    /** The problem that a model with {@code vocabularySize} tokens has with this text, if any. */
    Optional<Problem> vocabularyProblem(int vocabularySize) {
        int first = -1;
        int largest = 0;
        long outside = 0;
        for (int index = 0; index < ids.length; index++) {
            if (ids[index] >= vocabularySize) {
                first = first < 0 ? index : first;
                largest = Math.max(largest, ids[index]);
                outside++;
            }
        }
        return first < 0
                ? Optional.empty()
                : Optional.of(DataMessages.outsideModel(place(first), ids[first], vocabularySize, largest, outside));
    }

    /**
     * Returns when the stream holds at least {@code least} tokens.
     *
     * @param why what needs them, in words
     * @throws ProblemsException otherwise
     */
    void requireLength(int least, String why) {
        if (ids.length < least) {
            throw new ProblemsException(DataMessages.tooShort(
                    pieces.isEmpty() ? "data" : pieces.getFirst().origin().name(), part, ids.length, least, why));
        }
    }

    private String place(int index) {
        Piece piece = pieces.getFirst();
        for (Piece candidate : pieces) {
            piece = candidate.start() <= index ? candidate : piece;
        }
        // Ids do not tell where they were in the text, but the text of those before them does, to the line.
        String before = tokenizer.decode(Arrays.copyOfRange(ids, piece.start(), index));
        return piece.origin().after(before, before.length()).linePlace();
    }

    @Override
    public String toString() {
        return part + ": " + Counts.of(ids.length, "token", "tokens");
    }

    static final class Builder {
        private final String part;
        private final Tokenizer tokenizer;
        private final List<int[]> encoded = new ArrayList<>();
        private final List<Piece> pieces = new ArrayList<>();
        private int length = 0;

        Builder(String part, Tokenizer tokenizer) {
            this.part = part;
            this.tokenizer = tokenizer;
        }

        void add(int[] ids, TextOrigin origin) {
            pieces.add(new Piece(length, origin));
            encoded.add(ids);
            length = Math.addExact(length, ids.length);
        }

        TokenStream build() {
            int[] all = new int[length];
            int filled = 0;
            for (int[] ids : encoded) {
                System.arraycopy(ids, 0, all, filled, ids.length);
                filled += ids.length;
            }
            return new TokenStream(part, tokenizer, all, pieces);
        }
    }
}
