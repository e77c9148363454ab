/** Models with weights: what training, evaluation and generation run. */
package io.heddle.runtime.model;
