package io.heddle.runtime.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name in which each {@code *} stands for some letters without a dot, a slash or a bracket, such as a layer's number, and
 * {@code **} for whatever comes.
 */
record NamePattern(String text) {
    private static final Pattern STARS = Pattern.compile("\\*\\*?");
    private static final Pattern STAR = Pattern.compile("(?<!\\*)\\*(?!\\*)");

    /** What the stars of {@code name} stand for; nothing when it is another name. */
    Optional<List<String>> match(String name) {
        Matcher matcher = regex().matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<String> stars = new ArrayList<>();
        for (int group = 1; group <= matcher.groupCount(); group++) {
            stars.add(matcher.group(group));
        }
        return Optional.of(stars);
    }

    /** The name whose stars stand for these. */
    String filled(List<String> stars) {
        StringBuilder name = new StringBuilder();
        Matcher matcher = STAR.matcher(text);
        for (String star : stars) {
            if (matcher.find()) {
                matcher.appendReplacement(name, Matcher.quoteReplacement(star));
            }
        }
        return matcher.appendTail(name).toString();
    }

    /** The pattern without this beginning, where it has it. */
    NamePattern without(String prefix) {
        return text.startsWith(prefix) ? new NamePattern(text.substring(prefix.length())) : this;
    }

    int stars() {
        return Math.toIntExact(STAR.matcher(text).results().count());
    }

    private Pattern regex() {
        StringBuilder regex = new StringBuilder();
        Matcher matcher = STARS.matcher(text);
        int end = 0;
        while (matcher.find()) {
            regex.append(Pattern.quote(text.substring(end, matcher.start())));
            regex.append(matcher.group().length() == 1 ? "([^./\\[\\]]+)" : ".*");
            end = matcher.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(text.substring(end))).toString());
    }
}
