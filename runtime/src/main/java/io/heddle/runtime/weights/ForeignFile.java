package io.heddle.runtime.weights;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A file that people give in place of a safetensors file, told by its first bytes.
 *
 * @param what what it seems to be
 * @param mend what to do about it
 */
record ForeignFile(String what, String mend) {
    /** How many bytes from the start {@link #guess} looks at. */
    static final int LOOKS_AT = 64;

    private static final String CONVERT = "Convert it to safetensors, for example in Python:\n"
            + "  safetensors.torch.save_file(torch.load(path, weights_only=True), \"weights.safetensors\")";
    private static final String DOWNLOAD_AGAIN = "Download the file itself again and look at its size.";

    /** The first bytes of a kind of file, one character a byte. */
    private record Sign(String what, String mend, String start) {}

    private static final List<Sign> SIGNS = List.of(
            new Sign("a zip archive, as PyTorch writes in .pt, .pth and .bin files", CONVERT, "PK\u0003\u0004"),
            new Sign("a Python pickle, as PyTorch before 1.6 wrote in .pt and .bin files", CONVERT, "\u0080\u0002"),
            new Sign("a Python pickle", CONVERT, "\u0080\u0003"),
            new Sign("a Python pickle", CONVERT, "\u0080\u0004"),
            new Sign("a Python pickle", CONVERT, "\u0080\u0005"),
            new Sign(
                    "an HDF5 file, as Keras writes in .h5 files",
                    "Export the weights as safetensors from the program that wrote it.",
                    "\u0089HDF\r\n"),
            new Sign(
                    "a GGUF file, as llama.cpp reads",
                    "Use the safetensors file that the model was converted from.",
                    "GGUF"),
            new Sign("a NumPy array", "Save its arrays with safetensors.numpy.save_file in Python.", "\u0093NUMPY"),
            new Sign("a gzip archive", "Unpack it first.", "\u001f\u008b"),
            new Sign(
                    "a Git LFS pointer, which stands for the weights",
                    "Fetch the weights with: git lfs pull",
                    "version https://git-lfs"),
            new Sign("a web page, perhaps an error of the server", DOWNLOAD_AGAIN, "<!DOCTYPE"),
            new Sign("a web page, perhaps an error of the server", DOWNLOAD_AGAIN, "<!doctype"),
            new Sign("a web page, perhaps an error of the server", DOWNLOAD_AGAIN, "<html"));

    /** What a file with this start seems to be; empty when nothing is recognized. */
    static Optional<ForeignFile> guess(byte[] head) {
        String start = new String(head, StandardCharsets.ISO_8859_1);
        Optional<ForeignFile> known = SIGNS.stream()
                .filter(sign -> start.startsWith(sign.start()))
                .findFirst()
                .map(sign -> new ForeignFile(sign.what(), sign.mend()));
        if (known.isPresent() || !looksLikeText(head)) {
            return known;
        }
        return Optional.of(new ForeignFile("a text file", "Give the file that holds the weights, *.safetensors."));
    }

    private static boolean looksLikeText(byte[] head) {
        for (byte octet : head) {
            boolean control = octet >= 0 && octet < ' ' && octet != '\n' && octet != '\r' && octet != '\t';
            if (control || octet < 0 || octet == 0x7F) {
                return false;
            }
        }
        return head.length > 0;
    }
}
