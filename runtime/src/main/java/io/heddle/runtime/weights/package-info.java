/** Weights on disk: reading and writing safetensors files, strictly and without a second copy in memory. */
package io.heddle.runtime.weights;
