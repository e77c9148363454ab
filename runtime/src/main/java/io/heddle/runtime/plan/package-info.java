/** Decides where every value of a graph lives before anything runs. */
package io.heddle.runtime.plan;
