/** Single kernels, timed by JMH. */
package io.heddle.bench.kernel;
