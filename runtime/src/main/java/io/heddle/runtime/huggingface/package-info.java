/** Models of Hugging Face transformers: their folders become checkpoints of Heddle, and checkpoints become folders. */
package io.heddle.runtime.huggingface;
