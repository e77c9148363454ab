package io.heddle.cli;

import io.heddle.check.Nearest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with a command line, what was probably meant, and where to read on. */
final class CommandLineErrors implements IParameterExceptionHandler {
    private static final String WRONG_VALUE = "Invalid value for option ";

    private final PrintWriter err;

    CommandLineErrors(PrintWriter err) {
        this.err = err;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        var command = wrong.getCommandLine();
        err.println("heddle: " + words(wrong, command));
        err.println("  See " + command.getCommandSpec().qualifiedName() + " --help.");
        err.flush();
        return ExitCode.USAGE;
    }

    private static String words(ParameterException wrong, CommandLine command) {
        return switch (wrong) {
            case UnmatchedArgumentException stranger ->
                    stranger(stranger.getUnmatched().getFirst(), command.getCommandSpec());
            case MissingParameterException missing -> missing(missing);
            default -> sentence(wrong.getMessage());
        };
    }

    private static String stranger(String word, CommandSpec command) {
        var isOption = word.startsWith("-");
        var isVerb = !isOption && !command.subcommands().isEmpty();
        var known = isVerb ? List.copyOf(command.subcommands().keySet()) : options(command);
        var name = isOption ? word.replaceFirst("=.*", "") : word;
        var what = isVerb ? "there is no verb" : isOption ? "there is no option" : "there is one argument too many:";
        var near = isVerb || isOption ? Optional.ofNullable(Nearest.of(name, known)) : Optional.<String>empty();
        return what + " " + name + "." + near.map(it -> " Did you mean " + it + "?").orElse("");
    }

    private static List<String> options(CommandSpec command) {
        var names = new ArrayList<String>();
        command.options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }

    private static String missing(MissingParameterException missing) {
        var wanted = missing.getMissing();
        if (wanted.isEmpty()) return sentence(missing.getMessage());
        var first = wanted.getFirst();
        if (!first.isOption())
            return String.join(" and ", wanted.stream().map(ArgSpec::paramLabel).toList()) + " is missing.";
        var name = ((OptionSpec) first).longestName();
        var label = first.paramLabel();
        return first.required()
                ? name + " is missing: " + name + " " + label + "."
                : name + " needs a value: " + name + " " + label + ".";
    }

    /** Picocli's own words, as a sentence of ours. */
    private static String sentence(String message) {
        var line = message.lines().findFirst().orElse("").strip();
        var words =
                line.startsWith(WRONG_VALUE) ? line.replaceFirst("^" + WRONG_VALUE + "'([^']*)'.*?: ", "$1: ") : line;
        if (words.endsWith("is not a long")) words = words.replace("a long", "a whole number");
        var isWord = words.length() > 1 && Character.isLowerCase(words.charAt(1));
        var begun = isWord ? words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1) : words;
        return begun.endsWith(".") ? begun : begun + ".";
    }
}
