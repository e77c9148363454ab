/** Writing files and folders so that a kill or a full disk leaves what was there before. */
package io.heddle.runtime.files;
