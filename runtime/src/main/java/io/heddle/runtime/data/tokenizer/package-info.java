/** Text to token ids and back; each tokenizer travels in the folder of its checkpoint. */
package io.heddle.runtime.data.tokenizer;
