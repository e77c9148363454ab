package io.heddle.runtime.data.tokenizer;

import java.util.Arrays;

/**
 * Streaming for a tokenizer that only decodes whole lists, whose text of a token depends on the tokens before it.
 *
 * <p>It decodes the last tokens twice, with and without the new ones, and gives what the new ones add. Text that ends in
 * U+FFFD may be half a character, and waits. Source: the streaming decoder of Hugging Face's text-generation-inference.
 */
final class WindowDecoder implements StreamingDecoder {
    private static final String INCOMPLETE = "\uFFFD";

    private final Tokenizer tokenizer;
    private int[] ids = new int[0];
    private int given = 0;

    WindowDecoder(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    @Override
    public String next(int id) {
        tokenizer.requireKnown(id);
        ids = Arrays.copyOf(ids, ids.length + 1);
        ids[ids.length - 1] = id;
        String text = tokenizer.decode(ids);
        return text.endsWith(INCOMPLETE) ? "" : give(text);
    }

    @Override
    public String finish() {
        String last = give(tokenizer.decode(ids));
        ids = new int[0];
        given = 0;
        return last;
    }

    private String give(String text) {
        String before = tokenizer.decode(Arrays.copyOf(ids, given));
        String added = text.length() > before.length() ? text.substring(before.length()) : "";
        if (!added.isEmpty()) {
            // The tokens just given stay as the context of the next ones; those before them are not needed again.
            ids = Arrays.copyOfRange(ids, given, ids.length);
            given = ids.length;
        }
        return added;
    }
}
