/** What the attentions of a model look at while it reads. */
package io.heddle.runtime.attention;
