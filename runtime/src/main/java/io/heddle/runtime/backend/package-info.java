/** What turns the nodes of a graph into work on memory. */
package io.heddle.runtime.backend;
