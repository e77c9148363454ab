package io.heddle.runtime.data.tokenizer;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.data.text.TextFile;
import io.heddle.runtime.messages.TokenizerFileMessages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
                    TokenizerFileMessages.otherFormat(json.file(), format, TokenizerJson.FORMAT));
        }
        String kind = json.string("kind");
        return switch (kind) {
            case CharacterTokenizer.KIND -> CharacterTokenizer.fromJson(json);
            case WordTokenizer.KIND -> WordTokenizer.fromJson(json);
            case EndingTokenizer.KIND -> EndingTokenizer.fromJson(json);
            case Llama2cTokenizer.KIND -> Llama2cTokenizer.fromJson(json);
            default -> throw new ProblemsException(
                    TokenizerFileMessages.otherKind(
                            json.file(), kind,
                            List.of(
                                    CharacterTokenizer.KIND,
                                    WordTokenizer.KIND,
                                    EndingTokenizer.KIND,
                                    Llama2cTokenizer.KIND)));
        };
    }
}
