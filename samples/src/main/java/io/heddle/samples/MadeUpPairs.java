package io.heddle.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the pairs of {@code names.model.kts} and {@code spelling.model.kts}: sentences about people and places whose
 * names are made up, and words spelled in the alphabet of radio operators. No name and no word comes twice.
 *
 * <pre>
 * java samples/src/main/java/io/heddle/samples/MadeUpPairs.java samples/data
 * </pre>
 */
public final class MadeUpPairs {
    private static final List<String> SYLLABLES =
            List.of("ba", "dor", "ka", "lun", "mi", "no", "pel", "qua", "ris", "su", "tor", "ven", "wy", "zam");

    private static final List<String> SENTENCES = List.of(
            "A lives in P\tP is home to A",
            "A met B in P\tin P B was met by A",
            "A wrote to B\tB got a letter from A",
            "the mayor of P is A\tA runs P",
            "A and B left P\tP was left by A and B",
            "from P to Q A walked\tA walked from P to Q");

    private static final Map<Character, String> ALPHABET = List
            .of("alfa", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel")
            .stream()
            .collect(Collectors.toMap(word -> word.charAt(0), word -> word));

    private final Random random;
    private final Set<String> taken = new HashSet<>();

    /** Pairs that a seed decides. */
    public MadeUpPairs(long seed) {
        random = new Random(seed);
    }

    /** Writes all files of both samples into a folder each. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        MadeUpPairs names = new MadeUpPairs(1);
        write(folder.resolve("names"), "train", names.names(1_500));
        write(folder.resolve("names"), "dev", names.names(100));
        write(folder.resolve("names"), "test", names.names(300));
        MadeUpPairs spelling = new MadeUpPairs(2);
        write(folder.resolve("spelling"), "train", spelling.spellings(1_000));
        write(folder.resolve("spelling"), "dev", spelling.spellings(60));
    }

    private static void write(Path folder, String name, List<String> lines) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".tsv"), String.join("\n", lines) + "\n");
    }

    /** So many sentences, a tab, and the same said otherwise. */
    public List<String> names(int count) {
        List<String> pairs = new ArrayList<>();
        for (int pair = 0; pair < count; pair++) {
            String sentence = SENTENCES.get(random.nextInt(SENTENCES.size()));
            for (String role : List.of("A", "B", "P", "Q")) {
                sentence = sentence.replaceAll("\\b" + role + "\\b", name());
            }
            pairs.add(sentence);
        }
        return pairs;
    }

    /** So many rows of letters, a tab, and the words that stand for them. */
    public List<String> spellings(int count) {
        List<String> pairs = new ArrayList<>();
        while (pairs.size() < count) {
            String letters = random.ints(3 + random.nextInt(5), 'a', 'a' + ALPHABET.size())
                    .mapToObj(letter -> String.valueOf((char) letter))
                    .collect(Collectors.joining());
            if (taken.add(letters)) {
                String words = letters.chars()
                        .mapToObj(letter -> ALPHABET.get((char) letter))
                        .collect(Collectors.joining(" "));
                pairs.add(letters + "\t" + words);
            }
        }
        return pairs;
    }

    /** A name that was never given before. */
    private String name() {
        while (true) {
            StringBuilder name = new StringBuilder();
            for (int syllable = 2 + random.nextInt(2); syllable >= 0; syllable--) {
                name.append(SYLLABLES.get(random.nextInt(SYLLABLES.size())));
            }
            name.replace(0, 1, name.substring(0, 1).toUpperCase(Locale.ROOT));
            if (taken.add(name.toString())) {
                return name.toString();
            }
        }
    }
}
