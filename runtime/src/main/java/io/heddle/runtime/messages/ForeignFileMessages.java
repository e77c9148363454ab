package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.List;

/** What is told of files that people give in place of a safetensors file. */
public final class ForeignFileMessages {
    private static final String CONVERT = "Convert it to safetensors, for example in Python:\n"
            + "  safetensors.torch.save_file(torch.load(path, weights_only=True), \"weights.safetensors\")";

    private ForeignFileMessages() {}

    /** As PyTorch writes today. */
    public static Problem zip(String place) {
        return foreign(place, "a zip archive, as PyTorch writes in .pt, .pth and .bin files", CONVERT);
    }

    /** As PyTorch wrote long ago. */
    public static Problem oldPickle(String place) {
        return foreign(place, "a Python pickle, as PyTorch before 1.6 wrote in .pt and .bin files", CONVERT);
    }

    /** As Python writes objects of any kind. */
    public static Problem pickle(String place) {
        return foreign(place, "a Python pickle", CONVERT);
    }

    /** As Keras writes. */
    public static Problem hdf5(String place) {
        return foreign(
                place, "an HDF5 file, as Keras writes in .h5 files",
                "Export the weights as safetensors from the program that wrote it.");
    }

    /** As llama.cpp reads. */
    public static Problem gguf(String place) {
        return foreign(
                place, "a GGUF file, as llama.cpp reads",
                "Use the safetensors file that the model was converted from.");
    }

    /** As NumPy writes. */
    public static Problem numpy(String place) {
        return foreign(place, "a NumPy array", "Save its arrays with safetensors.numpy.save_file in Python.");
    }

    /** As gzip writes. */
    public static Problem gzip(String place) {
        return foreign(place, "a gzip archive", "Unpack it first.");
    }

    /** As Git holds large files that were not fetched. */
    public static Problem pointer(String place) {
        return foreign(
                place, "a Git LFS pointer, which stands for the weights", "Fetch the weights with: git lfs pull");
    }

    /** As servers answer where something went wrong. */
    public static Problem page(String place) {
        return foreign(
                place, "a web page, perhaps an error of the server",
                "Download the file itself again and look at its size.");
    }

    /** As configurations are. */
    public static Problem text(String place) {
        return foreign(place, "a text file", "Give the file that holds the weights, *.safetensors.");
    }

    private static Problem foreign(String place, String what, String mend) {
        return new Problem(place, "this is not a safetensors file", List.of(new Fact("it seems to be", what)), mend);
    }
}
