package io.heddle.runtime.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Names of files and folders that any system takes, made of names that people give. */
public final class FileName {
    private static final int LONGEST = 120;
    private static final int KEPT = 100;
    private static final int DIGEST = 6;

    private FileName() {}

    /**
     * The name with what some system would not take as {@code %} and two hexadecimal digits for each byte of its UTF-8, as addresses
     * of pages have it; of a name that is too long, the beginning and a digest. Different names stay different.
     */
    public static String of(String name) {
        if (name.isEmpty()) {
            return "%";
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder();
        for (int place = 0; place < bytes.length; place++) {
            boolean isEdge = place == 0 || place == bytes.length - 1;
            if (isPlain((char) bytes[place], isEdge)) {
                text.append((char) bytes[place]);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(bytes[place]));
            }
        }
        return text.length() <= LONGEST ? text.toString() : text.substring(0, KEPT) + "%-" + digest(bytes);
    }

    /** Windows drops dots and spaces at the end of a name, and a dot at the beginning hides it. */
    private static boolean isPlain(char letter, boolean isEdge) {
        if (letter == '.' || letter == ' ') {
            return !isEdge;
        }
        boolean isAlphanumeric =
                (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
                        || (letter >= '0' && letter <= '9');
        return isAlphanumeric || "-_,;+=()[]{}@#$&!~'".indexOf(letter) >= 0;
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing); // every Java has it
        }
    }
}
