package io.heddle.runtime.generate;

/**
 * What rules with texts are called where they are said: a problem of a text names it as whoever said it does.
 *
 * @param beginning what all that is written begins with
 * @param required what is written somewhere
 */
public record RuleNames(String beginning, String required) {
    /** As descriptions say them. */
    public static RuleNames described() {
        return new RuleNames("beginning", "required");
    }
}
