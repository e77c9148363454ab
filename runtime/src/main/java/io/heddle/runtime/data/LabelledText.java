package io.heddle.runtime.data;

import io.heddle.runtime.data.text.TextOrigin;

/**
 * A text, or a word of one, and its label.
 *
 * @param label the number of its class
 */
public record LabelledText(String text, int label, TextOrigin origin) {}
