package io.heddle.runtime.huggingface;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.data.tokenizer.Tokenizer;
import io.heddle.runtime.exchange.WeightFiles;
import io.heddle.runtime.messages.ImportMessages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of Hugging Face transformers, as {@code save_pretrained} writes it. */
record HuggingFaceFolder(Path folder, WeightFiles weights) {
    /** What describes the model. */
    static final String CONFIG = "config.json";

    /** Files that say how a model is used, and that no number of it depends on. */
    private static final List<String> SMALL = List.of(
            CONFIG,
            "generation_config.json",
            WeightFiles.INDEX,
            Tokenizer.FILE_NAME,
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.json",
            "merges.txt",
            "vocab.txt",
            "tokenizer.model",
            "spiece.model",
            "sentencepiece.bpe.model",
            "preprocessor_config.json",
            "README.md",
            "LICENSE");

    /**
     * Opens one.
     *
     * @throws ProblemsException when it holds no model
     */
    static HuggingFaceFolder open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ProblemsException(
                    Files.exists(folder) ? ImportMessages.file(folder) : ImportMessages.missing(folder));
        }
        if (Files.notExists(folder.resolve(CONFIG))) {
            throw new ProblemsException(ImportMessages.noConfig(folder));
        }
        return new HuggingFaceFolder(folder, WeightFiles.open(folder));
    }

    TextFile config() {
        return TextFile.read(folder.resolve(CONFIG));
    }

    /** How text becomes tokens; nothing where the folder does not say. */
    Optional<Tokenizer> tokenizer() {
        Path file = folder.resolve(Tokenizer.FILE_NAME);
        return Files.exists(file) ? Optional.of(Tokenizer.load(file)) : Optional.empty();
    }

    /** The files that are no weights. */
    List<Path> smallFiles() {
        boolean single = weights.files().size() == 1 && weights.place().endsWith(WeightFiles.FILE);
        Stream<Path> files = SMALL.stream().filter(name -> !(single && name.equals(WeightFiles.INDEX))).map(
                folder::resolve);
        return files.filter(Files::isRegularFile).toList();
    }
}
