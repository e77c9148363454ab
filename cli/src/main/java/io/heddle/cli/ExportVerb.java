package io.heddle.cli;

import io.heddle.runtime.huggingface.HuggingFaceExport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heddle export}: what was imported becomes a checkpoint of Hugging Face transformers again. */
@Command(
        name = "export",
        description = {
            "Write an imported model as Hugging Face transformers reads it: its weights under their names there, in the",
            "types that they came in, beside the config.json and the tokenizer that they came with."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle export runs/gpt2 --out models/gpt2-again"
        })
final class ExportVerb extends Verb {
    @Parameters(paramLabel = "DIR", description = "The folder that heddle import wrote.")
    private Path folder;

    @Option(names = "--out", paramLabel = "DIR", required = true,
            description = "Where to write it: a folder that is empty, or not there.")
    private Path out;

    @Override
    int run() throws IOException {
        var tensors = HuggingFaceExport.open(folder).write(out);
        out().println(String.format(Locale.ROOT, "%,d tensors, in %s", tensors, out));
        out().flush();
        return ExitCode.DONE;
    }
}
