package io.heddle.runtime.gradient;

import static io.heddle.graph.ProductForm.ColumnsByColumns;
import static io.heddle.graph.ProductForm.RowsByColumns;
import static io.heddle.graph.ProductForm.RowsByRows;

import io.heddle.graph.Op;
import io.heddle.graph.ProductForm;
import io.heddle.graph.Value;

/** Products of matrices: the three forms differentiate into one another, so nothing is ever transposed. */
final class ProductRules {
    private ProductRules() {}

    /**
     * The gradients of a product z of a left and a right matrix.
     *
     * <pre>
     *   RowsByRows        z = x w^T    dx = dz w      dw = dz^T x
     *   RowsByColumns     z = x w      dx = dz w^T    dw = x^T dz
     *   ColumnsByColumns  z = x^T y    dx = y dz^T    dy = x dz
     * </pre>
     */
    static void matMul(Adjoint at, ProductForm form) {
        Value left = at.input(0);
        Value right = at.input(1);
        Value dz = at.dy();
        switch (form) {
            case RowsByRows -> {
                give(at, 0, RowsByColumns, dz, right);
                give(at, 1, ColumnsByColumns, dz, left);
            }
            case RowsByColumns -> {
                give(at, 0, RowsByRows, dz, right);
                give(at, 1, ColumnsByColumns, left, dz);
            }
            case ColumnsByColumns -> {
                give(at, 0, RowsByRows, right, dz);
                give(at, 1, RowsByColumns, left, dz);
            }
        }
    }

    private static void give(Adjoint at, int input, ProductForm form, Value left, Value right) {
        if (at.wants(input)) {
            at.give(input, at.add(new Op.MatMul(form), left, right));
        }
    }
}
