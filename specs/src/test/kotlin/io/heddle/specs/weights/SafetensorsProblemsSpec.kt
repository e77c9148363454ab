package io.heddle.specs.weights

import io.heddle.check.ProblemsException
import io.heddle.runtime.weights.SafetensorsFile
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.createDirectory
import kotlin.io.path.writeBytes

class SafetensorsProblemsSpec :
    FunSpec({
        val folder: Path = tempdir().toPath()
        val path = folder.resolve("w.safetensors")

        fun told(bytes: ByteArray): String {
            path.writeBytes(bytes)
            return shouldThrow<ProblemsException> { SafetensorsFile.open(path) }.message.orEmpty()
        }

        infix fun String.says(expected: String) {
            replace("$path", "w.safetensors") shouldBe expected.trimIndent()
        }

        val good = entry("x", "F32", listOf(2), 0, 8)

        test("a file that is not there") {
            shouldThrow<ProblemsException> { SafetensorsFile.open(folder.resolve("none.safetensors")) }.message shouldBe
                """
                $folder/none.safetensors: there is no such file
                  Check the path, or write the weights first.
                """
                    .trimIndent()
        }

        test("a folder in place of a file") {
            val inner = folder.resolve("model").createDirectory()
            shouldThrow<ProblemsException> { SafetensorsFile.open(inner) }.message shouldBe
                """
                $inner: a folder stands where a safetensors file is expected
                  Give the *.safetensors file inside it.
                """
                    .trimIndent()
        }

        test("an empty file") {
            told(ByteArray(0)) says
                """
                w.safetensors: the file is empty
                  The file is damaged or was copied in part. Copy or download it again.
                """
        }

        test("a file cut within its length field") {
            told(byteArrayOf(80, 0, 0)) says
                """
                w.safetensors: the file ends before its header does
                  file = 3 bytes
                  header length field = 8 bytes
                  The file is damaged or was copied in part. Copy or download it again.
                """
        }

        test("a file cut within its header") {
            told(safetensors("{$good}", ByteArray(8)).copyOf(30)) says
                """
                w.safetensors: the file ends before its header does
                  file = 30 bytes
                  header = 54 bytes
                  The file is damaged or was copied in part. Copy or download it again.
                """
        }

        test("a file cut within its tensors") {
            told(safetensors("{$good}", ByteArray(5))) says
                """
                w.safetensors: the file ends before its tensors do
                  data in the file = 5 bytes
                  data in the header = 8 bytes
                  The file is damaged or was copied in part. Copy or download it again.
                """
        }

        test("a header of absurd length") {
            told(ByteArray(16) { -1 }) says
                """
                w.safetensors: the length of the header is absurd
                  header = 18446744073709551615 bytes
                  file = 16 bytes
                  longest header allowed = 100000000 bytes
                  This is not a safetensors file, or its start is damaged. Copy or download it again.
                """
        }

        test("files of other kinds are named, with what to do about them") {
            val pickle = byteArrayOf(0x80.toByte(), 2, 0x8A.toByte(), 10) + ByteArray(40)
            told("PK\u0003\u0004".toByteArray() + ByteArray(40)) says
                """
                w.safetensors: this is not a safetensors file
                  it seems to be = a zip archive, as PyTorch writes in .pt, .pth and .bin files
                  Convert it to safetensors, for example in Python:
                    safetensors.torch.save_file(torch.load(path, weights_only=True), "weights.safetensors")
                """
            told(pickle) says
                """
                w.safetensors: this is not a safetensors file
                  it seems to be = a Python pickle, as PyTorch before 1.6 wrote in .pt and .bin files
                  Convert it to safetensors, for example in Python:
                    safetensors.torch.save_file(torch.load(path, weights_only=True), "weights.safetensors")
                """
            told("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n".toByteArray()) says
                """
                w.safetensors: this is not a safetensors file
                  it seems to be = a Git LFS pointer, which stands for the weights
                  Fetch the weights with: git lfs pull
                """
            told("<!DOCTYPE html><html><body>404</body></html>".toByteArray()) says
                """
                w.safetensors: this is not a safetensors file
                  it seems to be = a web page, perhaps an error of the server
                  Download the file itself again and look at its size.
                """
            told(byteArrayOf(0x80.toByte(), 4, 0, 0) + ByteArray(40)) says
                """
                w.safetensors: this is not a safetensors file
                  it seems to be = a Python pickle
                  Convert it to safetensors, for example in Python:
                    safetensors.torch.save_file(torch.load(path, weights_only=True), "weights.safetensors")
                """
            told(byteArrayOf(0x89.toByte()) + "HDF\r\n".toByteArray() + ByteArray(40)) says
                """
                w.safetensors: this is not a safetensors file
                  it seems to be = an HDF5 file, as Keras writes in .h5 files
                  Export the weights as safetensors from the program that wrote it.
                """
            told(byteArrayOf(0x93.toByte()) + "NUMPY".toByteArray() + ByteArray(40)) says
                """
                w.safetensors: this is not a safetensors file
                  it seems to be = a NumPy array
                  Save its arrays with safetensors.numpy.save_file in Python.
                """
            told(byteArrayOf(0x1F, 0x8B.toByte()) + ByteArray(40)) says
                """
                w.safetensors: this is not a safetensors file
                  it seems to be = a gzip archive
                  Unpack it first.
                """
            told("GGUF".toByteArray() + ByteArray(60)) says
                """
                w.safetensors: this is not a safetensors file
                  it seems to be = a GGUF file, as llama.cpp reads
                  Use the safetensors file that the model was converted from.
                """
            told("{\"architectures\": [\"GPT2LMHeadModel\"]}\n".toByteArray()) says
                """
                w.safetensors: this is not a safetensors file
                  it seems to be = a text file
                  Give the file that holds the weights, *.safetensors.
                """
        }

        test("a type that Heddle does not read") {
            told(safetensors("{${entry("x", "F8_E4M3", listOf(8), 0, 8)}}", ByteArray(8))) says
                """
                w.safetensors: tensor "x" has a type that Heddle does not read
                  dtype = F8_E4M3
                  Convert it to one of F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL.
                """
        }

        test("a shape that does not fill its bytes, even when its size overflows") {
            told(safetensors("{${entry("x", "F32", listOf(3), 0, 8)}}", ByteArray(8))) says
                """
                w.safetensors: tensor "x" does not fill the bytes it is given
                  shape = [3]
                  dtype = F32, 4 bytes each
                  data_offsets = [0, 8]
                  The file was written wrongly or is damaged. Write or copy it again.
                """
            told(safetensors("{${entry("x", "F32", listOf(1L shl 32, 1L shl 30), 0, 0)}}")) says
                """
                w.safetensors: tensor "x" does not fill the bytes it is given
                  shape = [4294967296, 1073741824]
                  dtype = F32, 4 bytes each
                  data_offsets = [0, 0]
                  The file was written wrongly or is damaged. Write or copy it again.
                """
        }

        test("sizes that are not whole numbers") {
            told(safetensors("""{"x":{"dtype":"F32","shape":[-2],"data_offsets":[0,8.0]}}""", ByteArray(8))) says
                """
                w.safetensors: tensor "x" has a shape or offsets that are not whole numbers
                  shape = [-2]
                  data_offsets = [0,8.0]
                  The file was written wrongly or is damaged. Write or copy it again.
                """
        }

        test("an entry with a key too few or too many") {
            told(safetensors("""{"x":{"dtype":"F32","shape":[2]},"y":7}""", ByteArray(8))) says
                """
                w.safetensors: tensor "x" does not have exactly dtype, shape and data_offsets
                  The file was written wrongly or is damaged. Write or copy it again.

                w.safetensors: tensor "y" does not have exactly dtype, shape and data_offsets
                  The file was written wrongly or is damaged. Write or copy it again.
                """
        }

        test("tensors that share bytes") {
            told(safetensors("{$good,${entry("y", "F32", listOf(2), 4, 12)}}", ByteArray(12))) says
                """
                w.safetensors: two tensors share bytes of the file
                  "x" ends at = 8
                  "y" begins at = 4
                  The file was written wrongly. Write it again.
                """
        }

        test("bytes between tensors, and after them, that belong to none") {
            told(safetensors("{$good,${entry("y", "F32", listOf(2), 12, 20)}}", ByteArray(20))) says
                """
                w.safetensors: bytes of the file belong to no tensor
                  "x" ends at = 8
                  "y" begins at = 12
                  The file was written wrongly. Write it again.
                """
            told(safetensors("{$good}", ByteArray(9))) says
                """
                w.safetensors: bytes of the file belong to no tensor
                  "x" ends at = 8
                  the data ends at = 9
                  The file was written wrongly or something was appended. Write or copy it again.
                """
        }

        test("a name that stands twice, also when one of the two is escaped") {
            for (again in listOf("x", "\\u0078")) {
                told(safetensors("{$good,${entry(again, "F32", listOf(2), 8, 16)}}", ByteArray(16))) says
                    """
                    w.safetensors: a name stands twice in the header
                      name = x
                      Write the file again with one tensor for each name.
                    """
            }
        }

        test("metadata other than words") {
            told(safetensors("{\"__metadata__\":{\"step\":1},$good}", ByteArray(8))) says
                """
                w.safetensors: __metadata__ holds something other than words
                  Write the file again with strings alone under __metadata__.
                """
        }

        test("a header that is no JSON object") {
            told(safetensors("{\u0000}")).lines().first() says "w.safetensors: the header is not a JSON object"
            told(safetensors(" {}")) says
                """
                w.safetensors: the header is not a JSON object
                  cause = it does not begin with {
                  The file is damaged or was copied in part. Copy or download it again.
                """
            told(safetensors("{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}")) says
                """
                w.safetensors: the header is not a JSON object
                  cause = it is nested more than 8 deep
                  The file is damaged or was copied in part. Copy or download it again.
                """
            val cut = safetensors("{\"?\":1}").also { it[10] = -1 }
            told(cut) says
                """
                w.safetensors: the header is not a JSON object
                  cause = bytes that are not UTF-8 (Input length = 1)
                  The file is damaged or was copied in part. Copy or download it again.
                """
        }

        test("many wrong tensors are told as five and a count") {
            val header = (1..40).joinToString(",", "{", "}") { entry("x$it", "F4", listOf(), 0, 0) }
            val lines = told(safetensors(header)).lines()
            lines.count { it.contains("has a type that Heddle does not read") } shouldBe 5
            lines.last().replace("$path", "w.safetensors") shouldBe "w.safetensors: 35 more problems of this kind"
        }
    })
