/**
 * Rewriting of graphs into equal ones that are cheaper: one {@link io.heddle.runtime.pass.Pass} a file, and
 * {@link io.heddle.runtime.pass.Passes} for their order.
 */
package io.heddle.runtime.pass;
