package io.heddle.runtime.exchange;

import io.heddle.check.Problem;
import io.heddle.check.ProblemsException;
import io.heddle.runtime.messages.NamesMessages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads the lines of {@link WeightNames}, and tells every one that cannot be read. */
final class NamesParser {
    private static final Pattern CHOICE = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern LINE = Pattern.compile("(\\S+)\\s+=\\s+(\\S+)(?:\\s+:\\s+(.+))?");
    private static final Pattern PART = Pattern.compile("part (\\d{1,4}) of (\\d{1,4})");
    private static final Pattern AXES = Pattern.compile("axes((?: \\d)+)");

    private final String place;
    private final List<NameRule> rules = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private NamesParser(String place) {
        this.place = place;
    }

    static List<NameRule> parse(String text, String place) {
        NamesParser parser = new NamesParser(place);
        String[] lines = text.split("\\R", -1);
        for (int at = 0; at < lines.length; at++) {
            String line = lines[at].replaceFirst("(^|\\s)#.*", "").strip();
            if (!line.isEmpty()) {
                parser.line(line, at + 1);
            }
        }
        if (!parser.problems.isEmpty()) {
            throw new ProblemsException(parser.problems);
        }
        return parser.rules;
    }

    private void line(String line, int number) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            refuse(number, line, NamesMessages::otherForm);
            return;
        }
        String left = matcher.group(1);
        String right = matcher.group(2) + (matcher.group(3) == null ? "" : " : " + matcher.group(3));
        List<String> lefts = choices(left);
        List<String> rights = choices(right);
        if (lefts.size() == 1 && (left.equals("nothing") || left.equals("zeros"))) {
            rights.forEach(theirs -> rule(left, theirs, line, number));
        } else if (lefts.size() == rights.size() || rights.size() == 1) {
            for (int at = 0; at < lefts.size(); at++) {
                rule(lefts.get(at), rights.get(rights.size() == 1 ? 0 : at), line, number);
            }
        } else {
            refuse(number, line, NamesMessages::otherChoices);
        }
    }

    /** The text with each of its choices, the first choice of all braces slowest. */
    private static List<String> choices(String text) {
        Matcher matcher = CHOICE.matcher(text);
        if (!matcher.find()) {
            return List.of(text);
        }
        List<String> all = new ArrayList<>();
        for (String choice : matcher.group(1).split(",", -1)) {
            all.addAll(choices(text.substring(0, matcher.start()) + choice.strip() + text.substring(matcher.end())));
        }
        return all;
    }

    private void rule(String ours, String right, String line, int number) {
        String[] sides = right.split(" : ", 2);
        NamePattern theirs = new NamePattern(sides[0]);
        switch (ours) {
            case "nothing" -> rules.add(new NameRule.Unused(theirs));
            case "zeros" -> rules.add(new NameRule.Zeros(theirs));
            default -> {
                NamePattern pattern = new NamePattern(ours);
                if (pattern.stars() != theirs.stars()) {
                    refuse(number, line, NamesMessages::otherStars);
                } else {
                    Arrangement arrangement =
                            sides.length == 1 ? Arrangement.SAME : arrangement(sides[1], line, number);
                    rules.add(new NameRule.Weight(pattern, theirs, arrangement));
                }
            }
        }
    }

    private Arrangement arrangement(String words, String line, int number) {
        List<Integer> axes = List.of();
        int part = 1;
        int parts = 1;
        for (String word : words.split(",", -1)) {
            Matcher partOf = PART.matcher(word.strip());
            Matcher order = AXES.matcher(word.strip());
            if (word.strip().equals("transposed")) {
                axes = List.of(1, 0);
            } else if (order.matches()) {
                axes = Arrays.stream(order.group(1).strip().split(" ", -1))
                        .map(Integer::valueOf)
                        .toList();
            } else if (partOf.matches()) {
                part = Integer.parseInt(partOf.group(1));
                parts = Integer.parseInt(partOf.group(2));
            } else {
                refuse(number, line, NamesMessages::otherArrangement);
            }
        }
        if (part < 1 || part > parts) {
            refuse(number, line, NamesMessages::otherPart);
        }
        if (!axes.stream().sorted().toList().equals(IntStream.range(0, axes.size()).boxed().toList())) {
            refuse(number, line, NamesMessages::otherAxes);
        }
        return new Arrangement(axes, part, parts);
    }

    private void refuse(int number, String line, BiFunction<String, String, Problem> told) {
        problems.add(told.apply(place + ":" + number, line));
    }
}
