package io.heddle.runtime.data.tokenizer;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.data.text.TextOrigin;
import io.heddle.runtime.messages.TokenizerFileMessages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code tokenizer.json} of Hugging Face's tokenizers, run by their own library through DJL.
 *
 * <p>Everything is read from the local file; nothing is looked up on a network. Truncation and padding that the file
 * asks for are switched off: batches do both. Special tokens are those that {@code tokenizer_config.json} beside the file
 * names, or else those with the usual names, {@link SpecialNames} ({@code <s>}, {@code [CLS]}, {@code <|endoftext|>}, ...).
 */
public final class HuggingFaceTokenizer implements Tokenizer {
    static final String CONFIG_NAME = "tokenizer_config.json";
    private static final Cleaner CLEANER = Cleaner.create();
    private static final Map<String, String> OPTIONS =
            Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

    static {
        // DJL otherwise asks a cloud's metadata address who it is and reports the first use to its makers' server.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    private final TextFile file;
    private final Optional<TextFile> config;
    private final ai.djl.huggingface.tokenizers.HuggingFaceTokenizer library;
    private final HuggingFaceVocabulary vocabulary;

    private HuggingFaceTokenizer(TextFile file, Optional<TextFile> config) {
        this.file = file;
        this.config = config;
        this.vocabulary = HuggingFaceVocabulary.of(TokenizerJson.parse(file), config.map(TokenizerJson::parse));
        this.library = open(file);
        CLEANER.register(this, library::close);
    }

    /**
     * Reads a {@code tokenizer.json}, and {@code tokenizer_config.json} when it is beside it.
     *
     * @throws ProblemsException when it is missing or not a tokenizer
     */
    public static HuggingFaceTokenizer load(Path path) {
        Path config = path.resolveSibling(CONFIG_NAME);
        return new HuggingFaceTokenizer(TextFile.read(path),
                Files.exists(config) ? Optional.of(TextFile.read(config)) : Optional.empty());
    }

    /**
     * The tokenizer that is learned from {@code texts} by byte pair encoding (arXiv 1508.07909, algorithm 1): words are
     * spelled with the characters of the texts and with the parts that come most often in them.
     *
     * <p>Ids: {@code <unk>} 0, {@code <pad>} 1, {@code <s>} 2, {@code </s>} 3, the characters by code point, and then the
     * parts in the order in which they were found. What is learned is a {@code tokenizer.json} that other tools read, too.
     *
     * @param vocabulary how many tokens there are at most; fewer where no pair comes twice any more
     * @throws ProblemsException when special tokens and characters alone are more than that
     */
    public static HuggingFaceTokenizer learn(Iterable<String> texts, int vocabulary) {
        return BytePairs.learn(texts, vocabulary);
    }

    static HuggingFaceTokenizer of(TextFile file, Optional<TextFile> config) {
        return new HuggingFaceTokenizer(file, config);
    }

    private static ai.djl.huggingface.tokenizers.HuggingFaceTokenizer open(TextFile file) {
        try {
            return ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(file.text().getBytes(StandardCharsets.UTF_8)), OPTIONS);
        } catch (IOException | RuntimeException cause) {
            throw new ProblemsException(TokenizerFileMessages.refused(file.name(), String.valueOf(cause.getMessage())),
                    cause);
        }
    }

    @Override
    public int[] encode(String text, TextOrigin origin) {
        return Arrays.stream(library.encode(text, false, false).getIds()).mapToInt(Math::toIntExact).toArray();
    }

    /** Puts special tokens around the text as the file's post-processor says. */
    @Override
    public int[] prompt(String text, TextOrigin origin) {
        return Arrays.stream(library.encode(text, true, false).getIds()).mapToInt(Math::toIntExact).toArray();
    }

    @Override
    public String decode(int[] ids) {
        // The library leaves out what the file says is special; where it says nothing, begin and end are words to it.
        long[] told = Arrays.stream(ids)
                .map(this::requireKnown)
                .filter(id -> !specialIds().isSilent(id))
                .asLongStream()
                .toArray();
        return library.decode(told, true);
    }

    @Override
    public String piece(int id) {
        return library.decode(new long[] {requireKnown(id)}, false);
    }

    @Override
    public StreamingDecoder streamingDecoder() {
        return new WindowDecoder(this);
    }

    @Override
    public int vocabularySize() {
        return vocabulary.size();
    }

    @Override
    public SpecialIds specialIds() {
        return vocabulary.specialIds();
    }

    @Override
    public void save(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE_NAME), file.text());
        if (config.isPresent()) {
            Files.writeString(folder.resolve(CONFIG_NAME), config.get().text());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HuggingFaceTokenizer that && file.text().equals(that.file.text())
                && vocabulary.equals(that.vocabulary);
    }

    @Override
    public int hashCode() {
        return file.text().hashCode();
    }
}
