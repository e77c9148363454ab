package io.heddle.cli;

import io.heddle.runtime.data.SourceWords;
import io.heddle.runtime.data.tokenizer.StreamingDecoder;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** The text of tokens that come one by one, in pieces. */
sealed interface StreamedText {
    /** What is to be shown after this token. */
    String next(int id);

    /** What is left to be shown. */
    String finish();

    /**
     * An empty text.
     *
     * @param words of the source, where they may be copied; none where they may not
     */
    static StreamedText of(Tokenizer written, List<SourceWords> words) {
        return words.isEmpty() ? new Plain(written.streamingDecoder()) : new Copying(words.getFirst());
    }

    /** What a tokenizer makes of it. */
    record Plain(StreamingDecoder decoder) implements StreamedText {
        @Override
        public String next(int id) {
            return decoder.next(id);
        }

        @Override
        public String finish() {
            return decoder.finish();
        }
    }

    /** With words that only its source has. */
    final class Copying implements StreamedText {
        private static final String UNFINISHED = "\uFFFD";

        private final SourceWords words;
        private final List<Integer> ids = new ArrayList<>();
        private String shown = "";

        Copying(SourceWords words) {
            this.words = words;
        }

        @Override
        public String next(int id) {
            ids.add(id);
            var all = text();
            // A letter that has not all its bytes yet is shown when it has.
            return all.endsWith(UNFINISHED) ? "" : show(all);
        }

        @Override
        public String finish() {
            return show(text());
        }

        private String text() {
            return words.decode(ids.stream().mapToInt(Integer::intValue).toArray());
        }

        private String show(String all) {
            var piece = all.startsWith(shown) ? all.substring(shown.length()) : "";
            shown += piece;
            return piece;
        }
    }
}
