package io.heddle.runtime.gradient;

import static io.heddle.graph.ProductForm.ColumnsByColumns;
import static io.heddle.graph.ProductForm.RowsByColumns;
import static io.heddle.graph.ProductForm.RowsByRows;

import io.heddle.graph.Direction;
import io.heddle.graph.Op;
import io.heddle.graph.ProductForm;
import io.heddle.graph.Value;
import java.util.function.Function;

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
        products(at, form, Op.MatMul::new);
    }

    /** The same for each of many pairs of matrices. */
    static void batchMatMul(Adjoint at, ProductForm form) {
        products(at, form, Op.BatchMatMul::new);
    }

    private static void products(Adjoint at, ProductForm form, Function<ProductForm, Op> product) {
        Value left = at.input(0);
        Value right = at.input(1);
        Value dz = at.dy();
        switch (form) {
            case RowsByRows -> {
                give(at, 0, product.apply(RowsByColumns), dz, right);
                give(at, 1, product.apply(ColumnsByColumns), dz, left);
            }
            case RowsByColumns -> {
                give(at, 0, product.apply(RowsByRows), dz, right);
                give(at, 1, product.apply(ColumnsByColumns), left, dz);
            }
            case ColumnsByColumns -> {
                give(at, 0, product.apply(RowsByRows), right, dz);
                give(at, 1, product.apply(RowsByColumns), left, dz);
            }
        }
    }

    /**
     * The gradients of {@code y_i = sum of (q_i k_j) v_j} over {@code j <= i}: three more sums of its kind, two of them from
     * the other end.
     *
     * <pre>
     *   dq_i = sum of (dy_i v_j) k_j over j <= i
     *   dk_j = sum of (v_j dy_i) q_i over i >= j    dv_j = sum of (k_j q_i) dy_i over i >= j
     * </pre>
     */
    static void causalProduct(Adjoint at, Op.CausalProduct product) {
        Value queries = at.input(0);
        Value keys = at.input(1);
        Value values = at.input(2);
        Value dy = at.dy();
        Op back = new Op.CausalProduct(
                switch (product.getDirection()) {
                    case Forward -> Direction.Backward;
                    case Backward -> Direction.Forward;
                });
        give(at, 0, product, dy, values, keys);
        give(at, 1, back, values, dy, queries);
        give(at, 2, back, keys, queries, dy);
    }

    private static void give(Adjoint at, int input, Op op, Value... inputs) {
        if (at.wants(input)) {
            at.give(input, at.add(op, inputs));
        }
    }
}
