/** The engine: it plans, trains and runs what the language describes. */
package io.heddle.runtime;
