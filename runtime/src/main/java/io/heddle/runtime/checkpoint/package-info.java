/** What a training leaves on the disk, and finds there again. */
package io.heddle.runtime.checkpoint;
