package io.heddle.cli;

import io.heddle.draw.Draw;
import io.heddle.model.Model;
import io.heddle.picture.ElkPlacing;
import io.heddle.runtime.files.AtomicFile;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** {@code heddle draw}: a model, or what one of its attentions sees, as a picture. */
@Command(
        name = "draw",
        description = {
            "Draw a model, or what an attention sees.",
            "",
            "Equal layers are drawn once, with how often they come. Of a mask, queries go down and keys across."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heddle draw samples/zoo/gpt2.model.kts --out gpt2.svg",
            "  heddle draw samples/zoo/transformer.model.kts --model base --format mermaid",
            "  heddle draw samples/zoo/longformer.model.kts --model longformer --mask encoder/0 --out mask.svg"
        })
final class DrawVerb extends Verb {
    /** The languages that pictures are written in. */
    enum Format {
        SVG,
        MERMAID,
        DOT,
    }

    /** Reads the name of one. */
    static final class FormatName implements ITypeConverter<Format> {
        @Override
        public Format convert(String name) {
            return switch (name) {
                case "svg" -> Format.SVG;
                case "mermaid" -> Format.MERMAID;
                case "dot" -> Format.DOT;
                default -> throw new TypeConversionException("'" + name + "' is none of svg, mermaid, dot");
            };
        }
    }

    @Mixin
    private ModelFile file;

    @Option(
            names = "--format",
            paramLabel = "WHICH",
            converter = FormatName.class,
            description = "svg, mermaid or dot; what the end of --out says, or svg, if left out.")
    private Format asked;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Writes to this file (.svg, .mmd or .dot), instead of the standard output. Folders on the way"
                    + " are made.")
    private Path target;

    @Option(
            names = "--mask",
            paramLabel = "PATH",
            description = "Draws what the attention at PATH sees, as in encoder/0/attention; * is any word of a path.")
    private String mask;

    @Option(
            names = "--size",
            paramLabel = "N",
            converter = Positive.class,
            description = "How many positions of a mask are drawn; as many as show what it does, if left out.")
    private Integer size;

    @Override
    int run() {
        if (mask == null && size != null)
            throw wrong("--size belongs to --mask: it says how many positions are drawn.");
        var format = format();
        if (mask != null && format != Format.SVG) throw wrong("A mask is drawn as svg alone.");
        var picture = picture(file.read(this), format);
        if (target == null) {
            out().print(picture);
            out().flush();
        } else {
            AtomicFile.writeText(target, picture);
        }
        return ExitCode.DONE;
    }

    /** What was asked for, which is what the file's name ends with. */
    private Format format() {
        var name = target == null ? "" : target.getFileName().toString();
        var ending = name.contains(".") ? name.substring(name.lastIndexOf('.')) : "";
        var said = switch (ending) {
            case "" -> asked == null ? Format.SVG : asked;
            case ".svg" -> Format.SVG;
            case ".mmd", ".mermaid" -> Format.MERMAID;
            case ".dot", ".gv" -> Format.DOT;
            default -> throw wrong("--out: '" + name + "' is none of .svg, .mmd, .dot."
                    + " Other programs make pictures of other kinds from an svg.");
        };
        if (asked != null && asked != said)
            throw wrong("--out: '" + name + "' is not what --format says. Leave --format out.");
        return said;
    }

    private String picture(Model chosen, Format format) {
        if (mask != null) return Draw.maskSvg(chosen, mask, size);
        return switch (format) {
            case SVG -> Draw.svg(chosen, ElkPlacing.INSTANCE);
            case MERMAID -> Draw.mermaid(chosen);
            case DOT -> Draw.dot(chosen);
        };
    }

    private ParameterException wrong(String words) {
        return new ParameterException(spec().commandLine(), words);
    }
}
