package io.heddle.runtime.data;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.text.ProblemList;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.data.tokenizer.SpecialNames;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.data.tokenizer.Tokenizers;
import io.heddle.runtime.messages.PairMessages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Encodes the pairs of a {@link PairText}, counting those that are left out. */
final class PairEncoder {
    private final PairText text;
    private final Tokenizer source;
    private final Tokenizer target;
    private final PairEncoding encoding;
    private final AlignedTokens aligned;
    private final ProblemList problems = new ProblemList();
    private final List<EncodedPair> pairs = new ArrayList<>();
    private int skippedEmpty = 0;
    private int skippedLong = 0;

    PairEncoder(PairText text, Tokenizer source, Tokenizer target, PairEncoding encoding) {
        this.text = text;
        this.source = source;
        this.target = target;
        this.encoding = encoding;
        aligned = new AlignedTokens(new Tokenizers(source, target));
    }

    void run() {
        int[] before = special(target.specialIds().begin(), "target", "begin", SpecialNames.BEGIN);
        int[] after = special(target.specialIds().end(), "target", "end", SpecialNames.END);
        int[] afterSource = switch (encoding.sourceEnd()) {
            case APPENDED -> special(source.specialIds().end(), "source", "end", SpecialNames.END);
            case NONE -> new int[0];
        };
        problems.throwIfAny();
        if (encoding.copied().isPresent()) {
            SourceWords.requireCopies(new Tokenizers(source, target));
        }
        int maximum = encoding.maximumLength().orElse(Integer.MAX_VALUE);
        for (int index = 0; index < text.pairs().size(); index++) {
            SentencePair pair = text.pairs().get(index);
            int[] sourceIds = encode(source, pair.source(), text.sourceOrigin(pair));
            int[] targetIds = encode(target, pair.target(), text.targetOrigin(pair));
            if (sourceIds.length == 0 || targetIds.length == 0) {
                skippedEmpty++;
            } else if (sourceIds.length > maximum || targetIds.length > maximum) {
                skippedLong++;
            } else {
                pairs.add(pair(index, join(sourceIds, afterSource), join(before, targetIds, after)));
            }
        }
        problems.throwIfAny();
        if (pairs.isEmpty()) {
            throw new ProblemsException(PairMessages.nothingLeft(
                    text.sourceName(), skippedEmpty, skippedLong, encoding.maximumLength()));
        }
    }

    private EncodedPair pair(int index, int[] sourceIds, int[] targetIds) {
        SentencePair pair = text.pairs().get(index);
        EncodedPair encoded = new EncodedPair(index, sourceIds, targetIds);
        if (pair.alignment().isPresent()) {
            int[] said = Arrays.copyOfRange(targetIds, 1, targetIds.length - 1);
            encoded = encoded.madeBy(aligned.makers(pair, pair.alignment().get(), sourceIds, said));
        }
        if (encoding.copied().isEmpty()) {
            return encoded;
        }
        SourceWords words = SourceWords.of(
                pair.source(), sourceIds, new Tokenizers(source, target), encoding.copied().getAsInt());
        int[] said = Arrays.copyOfRange(targetIds, 1, targetIds.length);
        return encoded.copying(words.numbers(), words.labels(pair.target(), said));
    }

    List<EncodedPair> pairs() {
        return pairs;
    }

    int skippedEmpty() {
        return skippedEmpty;
    }

    int skippedLong() {
        return skippedLong;
    }

    private int[] encode(Tokenizer tokenizer, String sentence, TextOrigin origin) {
        try {
            return tokenizer.encode(sentence, origin);
        } catch (ProblemsException thrown) {
            problems.addAll(thrown);
            return new int[0];
        }
    }

    private int[] special(OptionalInt id, String side, String name, List<String> usual) {
        if (id.isEmpty()) {
            problems.add(PairMessages.noSpecial(side, name, usual));
            return new int[0];
        }
        return new int[] {id.getAsInt()};
    }

    private static int[] join(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }
}
