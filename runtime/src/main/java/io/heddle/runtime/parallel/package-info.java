/** The one pool of threads which everything that computes shares. */
package io.heddle.runtime.parallel;
