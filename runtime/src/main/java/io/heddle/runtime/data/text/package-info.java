/** Reading text that a user gave: checked as UTF-8, every problem told with its file and line. */
package io.heddle.runtime.data.text;
