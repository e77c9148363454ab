/** Callers written in Java, so that specs meet Heddle the way its Java users do. */
package io.heddle.specs.callers;
