package io.heddle.runtime.weights;

import io.heddle.check.Problem;
import io.heddle.runtime.messages.TensorMessages;
import io.heddle.runtime.messages.WeightsMessages;
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
                problems.add(WeightsMessages.endsBeforeTensors(place, dataBytes, bytes(entries)));
                return;
            }
            if (entry.begin() != covered) {
                problems.add(entry.begin() < covered
                        ? TensorMessages.overlap(place, before, covered, entry.name(), entry.begin())
                        : TensorMessages.gap(place, before, covered, entry.name(), entry.begin()));
                return;
            }
            covered = entry.end();
            before = TensorMessages.quoted(entry.name());
        }
        if (covered != dataBytes) {
            problems.add(TensorMessages.tail(place, before, covered, dataBytes));
        }
    }

    /** How many bytes all tensors have. */
    static long bytes(List<TensorEntry> entries) {
        return entries.stream().mapToLong(TensorEntry::end).max().orElse(0);
    }
}
