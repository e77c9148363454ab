package io.heddle.cli;

import io.heddle.runtime.huggingface.HuggingFaceImport;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle import}: a checkpoint of Hugging Face transformers becomes one of Heddle. */
@Command(
        name = "import",
        description = {
            "Read a model of Hugging Face transformers: config.json, model.safetensors (or several, with an index) and,",
            "where there is one, tokenizer.json.",
            "",
            "Nothing is taken on trust: what config.json says is understood or told, every tensor is used once or told.",
            "What the reference computes otherwise from the same weights is noted."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle import models/gpt2 --out runs/gpt2",
            "  heddle generate runs/gpt2 --prompt \"Once upon a time\" --greedy"
        })
final class ImportVerb extends Verb {
    @Parameters(paramLabel = "DIR", description = "The folder that save_pretrained wrote, or that was downloaded.")
    private Path folder;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where to write what is imported.")
    private Path out;

    @Override
    int run() {
        var imported = HuggingFaceImport.read(folder);
        imported.write(out);
        var tokenizer = imported.hasTokenizer() ? "" : ", without a tokenizer";
        out().println(String.format(
                Locale.ROOT,
                "%s: %,d parameters from %,d tensors%s, in %s",
                imported.model().getName(),
                imported.parameters(),
                imported.tensors(),
                tokenizer,
                out));
        imported.notes().forEach(note -> out().println(note.render()));
        out().flush();
        return ExitCode.DONE;
    }
}
