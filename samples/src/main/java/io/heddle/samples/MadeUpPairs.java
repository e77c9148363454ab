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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes the pairs of {@code names.model.kts}, {@code spelling.model.kts} and {@code numerals.model.kts}: sentences about
 * people and places whose names are made up, words spelled in the alphabet of radio operators, and digits in Roman
 * numerals. No name, no word and no row of digits comes twice.
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

    private static final List<String> NUMERALS =
            List.of("", "I", "I I", "I I I", "I V", "V", "V I", "V I I", "V I I I", "I X");

    private final Random random;
    private final Set<String> taken = new HashSet<>();

    /** Pairs that a seed decides. */
    public MadeUpPairs(long seed) {
        random = new Random(seed);
    }

    /** A source, what it becomes, and which of its words makes which of these: {@code 0-0 0-1 2-2}. */
    public record Aligned(String source, String target, String links) {}

    /** Writes all files of each sample into a folder. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        MadeUpPairs names = new MadeUpPairs(1);
        write(folder.resolve("names"), "train", names.names(1_500));
        write(folder.resolve("names"), "dev", names.names(100));
        write(folder.resolve("names"), "test", names.names(300));
        MadeUpPairs spelling = new MadeUpPairs(2);
        write(folder.resolve("spelling"), "train", spelling.spellings(1_000));
        write(folder.resolve("spelling"), "dev", spelling.spellings(60));
        MadeUpPairs numerals = new MadeUpPairs(3);
        align(folder.resolve("numerals"), "train", numerals.numerals(2_500));
        align(folder.resolve("numerals"), "dev", numerals.numerals(400));
    }

    private static void write(Path folder, String name, List<String> lines) throws IOException {
        file(folder, name + ".tsv", lines.stream());
    }

    private static void align(Path folder, String name, List<Aligned> pairs) throws IOException {
        file(folder, name + ".src", pairs.stream().map(Aligned::source));
        file(folder, name + ".trg", pairs.stream().map(Aligned::target));
        file(folder, name + ".align", pairs.stream().map(Aligned::links));
    }

    private static void file(Path folder, String name, Stream<String> lines) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name), lines.collect(Collectors.joining("\n")) + "\n");
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

    /** So many rows of 3 to 8 digits, which are not all 0, each digit in Roman numerals: {@code 3 0 4} is {@code I I I I V}. */
    public List<Aligned> numerals(int count) {
        List<Aligned> pairs = new ArrayList<>();
        while (pairs.size() < count) {
            int[] digits = random.ints(3 + random.nextInt(6), 0, 10).toArray();
            String source = words(IntStream.of(digits).mapToObj(String::valueOf));
            if (IntStream.of(digits).sum() > 0 && taken.add(source)) {
                pairs.add(new Aligned(source, words(letters(digits)), links(digits)));
            }
        }
        return pairs;
    }

    /** What the digits become; 0 becomes nothing. */
    private static Stream<String> letters(int[] digits) {
        return IntStream.of(digits).mapToObj(NUMERALS::get).filter(numeral -> !numeral.isEmpty());
    }

    private static String links(int[] digits) {
        List<String> links = new ArrayList<>();
        for (int place = 0; place < digits.length; place++) {
            int letters = (NUMERALS.get(digits[place]).length() + 1) / 2;
            for (int letter = 0; letter < letters; letter++) {
                links.add(place + "-" + links.size());
            }
        }
        return words(links.stream());
    }

    private static String words(Stream<String> words) {
        return words.collect(Collectors.joining(" "));
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
