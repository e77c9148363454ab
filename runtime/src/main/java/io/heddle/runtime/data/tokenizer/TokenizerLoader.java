package io.heddle.runtime.data.tokenizer;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.text.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out which tokenizer a file describes. */
final class TokenizerLoader {
    private TokenizerLoader() {}

    static Tokenizer load(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve(Tokenizer.FILE_NAME) : path;
        TokenizerJson json = TokenizerJson.parse(TextFile.read(file));
        if (!json.isHeddles()) {
            return HuggingFaceTokenizer.load(file);
        }
        String format = json.string("format");
        if (!format.equals(TokenizerJson.FORMAT)) {
            throw new ProblemsException(
                    new Problem(json.file() + " $.format", "the format \"" + format + "\" is unknown",
                            "This version of Heddle reads \"" + TokenizerJson.FORMAT
                                    + "\"; a later one may have written the file."));
        }
        String kind = json.string("kind");
        return switch (kind) {
            case CharacterTokenizer.KIND -> CharacterTokenizer.fromJson(json);
            case WordTokenizer.KIND -> WordTokenizer.fromJson(json);
            case Llama2cTokenizer.KIND -> Llama2cTokenizer.fromJson(json);
            default -> throw new ProblemsException(
                    new Problem(json.file() + " $.kind", "the kind of tokenizer \"" + kind + "\" is unknown",
                            "The kinds are " + CharacterTokenizer.KIND + ", " + WordTokenizer.KIND + " and "
                                    + Llama2cTokenizer.KIND + "."));
        };
    }
}
