package io.heddle.runtime.data.tokenizer;

/** Characters as messages show them. */
final class CharacterNames {
    private CharacterNames() {}

    /** The character and its code point: {@code 'é' (U+00E9)}; only the latter when it cannot be seen. */
    static String of(int character) {
        String codePoint = String.format("U+%04X", character);
        return isVisible(character) ? "'" + Character.toString(character) + "' (" + codePoint + ")" : codePoint;
    }

    /** The character, or an escape when it cannot be seen: {@code \n}, {@code \}{@code u00A0}. */
    static String shown(int character) {
        if (character == '\n') {
            return "\\n";
        }
        if (character == '\t') {
            return "\\t";
        }
        return isVisible(character) || character == ' '
                ? Character.toString(character)
                : String.format("\\u%04X", character);
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE,
                    Character.UNASSIGNED, Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> false;
            default -> true;
        };
    }
}
