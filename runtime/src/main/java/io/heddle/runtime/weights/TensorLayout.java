package io.heddle.runtime.weights;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.util.Comparator;
import java.util.List;

/** Checks that the tensors of a file cover its data from the first byte to the last, each byte once. */
final class TensorLayout {
    /** The order of the bytes in the file; a tensor without bytes comes before the one that begins at its place. */
    static final Comparator<TensorEntry> FILE_ORDER =
            Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end);

    private TensorLayout() {}

    /** Adds a problem at the first place where the tensors, given in file order, overlap or leave a gap. */
    static void check(String place, List<TensorEntry> entries, long dataBytes, List<Problem> problems) {
        long covered = 0;
        String before = "the header";
        for (TensorEntry entry : entries) {
            if (entry.end() > dataBytes) {
                problems.add(new Problem(
                        place,
                        "the file ends before its tensors do",
                        List.of(
                                new Fact("data in the file", WeightsProblems.bytes(dataBytes)),
                                new Fact("data in the header", WeightsProblems.bytes(endOf(entries)))),
                        "The file is damaged or was copied in part. Copy or download it again."));
                return;
            }
            if (entry.begin() != covered) {
                problems.add(new Problem(
                        place,
                        entry.begin() < covered
                                ? "two tensors share bytes of the file"
                                : "bytes of the file belong to no tensor",
                        List.of(
                                new Fact(before + " ends at", String.valueOf(covered)),
                                new Fact(quoted(entry) + " begins at", String.valueOf(entry.begin()))),
                        "The file was written wrongly. Write it again."));
                return;
            }
            covered = entry.end();
            before = quoted(entry);
        }
        if (covered != dataBytes) {
            problems.add(new Problem(
                    place,
                    "bytes of the file belong to no tensor",
                    List.of(
                            new Fact(before + " ends at", String.valueOf(covered)),
                            new Fact("the data ends at", String.valueOf(dataBytes))),
                    "The file was written wrongly or something was appended. Write or copy it again."));
        }
    }

    private static long endOf(List<TensorEntry> entries) {
        return entries.stream().mapToLong(TensorEntry::end).max().orElse(0);
    }

    private static String quoted(TensorEntry entry) {
        return "\"" + entry.name() + "\"";
    }
}
