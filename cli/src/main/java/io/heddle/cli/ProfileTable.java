package io.heddle.cli;

import io.heddle.runtime.plan.Sizes;
import io.heddle.runtime.profile.MachineLimits;
import io.heddle.runtime.profile.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A profile to read: what costs most comes first. */
final class ProfileTable {
    private static final double MILLISECONDS = 1e6;
    private static final double SECONDS = 1e9;
    private static final double GIGA = 1e9;
    private static final int PATH_WORDS = 3;

    private ProfileTable() {}

    /** The times of one kind. */
    private static final class Sum {
        private int count;
        private double nanoseconds;
        private double operations;
        private double least;

        void add(Profile.Entry entry, MachineLimits limits) {
            count++;
            nanoseconds += entry.nanoseconds();
            operations += entry.operations();
            least += limits.seconds(entry.operations(), entry.bytes()) * SECONDS;
        }
    }

    static String text(String name, Sizes sizes, int threads, Profile profile, MachineLimits limits) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT, "%s, %s, %s: %.3f ms%n", name, sizes, threads == 1 ? "1 thread" : threads + " threads",
                profile.nanoseconds() / MILLISECONDS));
        text.append(String.format(
                Locale.ROOT, "The machine: %.0f GFLOP/s, %.1f GB/s copied%n", limits.operations() / GIGA,
                limits.bytes() / GIGA));
        append(text, "operation", profile, limits, entry -> entry.node().getOp().getClass().getSimpleName());
        append(text, "part", profile, limits, entry -> part(entry.node().getPath()));
        return text.toString();
    }

    /** A path with a star for the number of the layer, no deeper than a block. */
    private static String part(String path) {
        List<String> words = new ArrayList<>(List.of(path.split("/")));
        words.replaceAll(word -> word.matches("\\d+") ? "*" : word);
        return String.join("/", words.subList(0, Math.min(PATH_WORDS, words.size())));
    }

    private static void append(
            StringBuilder text, String title, Profile profile, MachineLimits limits,
            Function<Profile.Entry, String> kind) {
        Map<String, Sum> sums = new LinkedHashMap<>();
        double whole = 0;
        for (Profile.Entry entry : profile.entries()) {
            sums.computeIfAbsent(kind.apply(entry), _ -> new Sum()).add(entry, limits);
            whole += entry.nanoseconds();
        }
        double all = whole;
        int width = sums.keySet().stream().mapToInt(String::length).max().orElse(0);
        text.append(String.format(
                Locale.ROOT,
                "%n%-" + Math.max(width, title.length()) + "s  nodes        ms  share  GFLOP/s  of the limit%n",
                title));
        sums.entrySet().stream()
                .sorted(Comparator.comparingDouble(sum -> -sum.getValue().nanoseconds))
                .forEach(sum -> text.append(line(sum.getKey(), Math.max(width, title.length()), sum.getValue(), all)));
    }

    private static String line(String kind, int width, Sum sum, double whole) {
        String rate = sum.operations == 0
                ? ""
                : String.format(Locale.ROOT, "%.0f", sum.operations / sum.nanoseconds * SECONDS / GIGA);
        return String.format(
                Locale.ROOT, "%-" + width + "s  %5d  %8.3f  %4.0f%%  %7s  %11.0f%%%n", kind, sum.count,
                sum.nanoseconds / MILLISECONDS, 100 * sum.nanoseconds / whole, rate,
                sum.nanoseconds == 0 ? 0 : 100 * sum.least / sum.nanoseconds);
    }
}
