package io.heddle.runtime.data.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How a model's text becomes token ids.
 *
 * @param read for the source; the same as {@code written} where there is none
 * @param written for what the model writes
 */
public record Tokenizers(Tokenizer read, Tokenizer written) {
    private static final String WRITTEN = "tokenizer";
    private static final String READ = "tokenizer-source";

    /** Both sides alike. */
    public static Tokenizers shared(Tokenizer tokenizer) {
        return new Tokenizers(tokenizer, tokenizer);
    }

    /** Writes them into folders of their own inside {@code folder}. */
    public void save(Path folder) throws IOException {
        written.save(Files.createDirectory(folder.resolve(WRITTEN)));
        if (!read.equals(written)) {
            read.save(Files.createDirectory(folder.resolve(READ)));
        }
    }

    /** Whether {@link #save} wrote into this folder. */
    public static boolean areIn(Path folder) {
        return Files.isDirectory(folder.resolve(WRITTEN));
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @throws io.heddle.check.ProblemsException when a file is missing or describes no tokenizer
     */
    public static Tokenizers load(Path folder) {
        Tokenizer written = Tokenizer.load(folder.resolve(WRITTEN));
        Path source = folder.resolve(READ);
        return Files.isDirectory(source) ? new Tokenizers(Tokenizer.load(source), written) : shared(written);
    }
}
