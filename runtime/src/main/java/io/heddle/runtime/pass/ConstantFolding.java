package io.heddle.runtime.pass;

import io.heddle.graph.Graph;
import io.heddle.graph.Node;
import io.heddle.graph.Op;
import io.heddle.graph.TensorType;
import io.heddle.graph.Value;
import io.heddle.terms.Activation;
import io.heddle.terms.Identity;
import java.util.List;

/**
 * Computes while compiling what does not depend on any input, and leaves out what changes nothing.
 *
 * <pre>
 *   Scale(b) of Scale(a) of x          Scale(a * b) of x
 *   Scale(1) of x                      x
 *   Scale(b) of Constant a             Constant a * b
 *   Multiply(x, Constant a)            Scale(a) of x, on either side that is not repeated
 *   Add(x, Constant 0)                 x, likewise
 *   Add(Constant a, Constant b)        Constant a + b
 *   Activate(Identity) of x            x, and its gradient is dy
 *   Dropout at rate 0                  x
 *   SumLeading of what has no leading dims   x
 * </pre>
 *
 * <p>A product by zero becomes Scale(0), not zero: infinities and NaN are not hidden.
 */
public final class ConstantFolding implements Pass {
    @Override
    public String name() {
        return "constant folding";
    }

    @Override
    public Graph apply(Graph graph) {
        Rewriter rewriter = new Rewriter(graph);
        graph.getNodes().forEach(node -> new Folding(rewriter, node).fold());
        return rewriter.finish();
    }

    /** One node being looked at. */
    private record Folding(Rewriter rewriter, Node node) {
        void fold() {
            switch (node.getOp()) {
                case Op.Scale scale -> scale(input(0), scale.getFactor());
                case Op.Multiply _ -> multiply();
                case Op.Add _ -> add();
                case Op.Activate activate -> activate(activate.getActivation(), 0);
                case Op.ActivateGradient gradient -> activate(gradient.getActivation(), 1);
                case Op.BiasActivateGradient gradient -> activate(gradient.getActivation(), 2);
                case Op.Dropout dropout when dropout.getRate() == 0.0 -> become(input(0));
                case Op.SumLeading sum when sum.getKept() == rank(input(0)) -> become(input(0));
                default -> rewriter.keep(node); // Most ops have nothing to fold, and a new one need not have.
            }
        }

        private void scale(Value x, double factor) {
            if (factor == 1.0) {
                become(x);
                return;
            }
            switch (rewriter.maker(x).getOp()) {
                case Op.Constant constant when isSafe(constant.getValue(), factor) ->
                        constant(constant.getValue() * factor);
                case Op.Scale inner when isSafe(inner.getFactor(), factor) -> {
                    Value start = rewriter.maker(x).getInputs().getFirst();
                    scale(start, inner.getFactor() * factor);
                }
                default -> keepOrReplace(new Op.Scale(factor), x);
            }
        }

        private void multiply() {
            Value left = input(0);
            Value right = input(1);
            if (rewriter.maker(right).getOp() instanceof Op.Constant constant) {
                scale(left, constant.getValue());
            } else if (rewriter.maker(left).getOp() instanceof Op.Constant constant && rank(left) == rank(right)) {
                scale(right, constant.getValue());
            } else {
                rewriter.keep(node);
            }
        }

        private void add() {
            Value left = input(0);
            Value right = input(1);
            boolean sameShape = rank(left) == rank(right);
            if (rewriter.maker(right).getOp() instanceof Op.Constant addend) {
                if (addend.getValue() == 0.0) {
                    become(left);
                    return;
                }
                if (rewriter.maker(left).getOp() instanceof Op.Constant start) {
                    constant(start.getValue() + addend.getValue());
                    return;
                }
            }
            if (sameShape && rewriter.maker(left).getOp() instanceof Op.Constant start && start.getValue() == 0.0) {
                become(right);
                return;
            }
            rewriter.keep(node);
        }

        /** An identity hands on one of its inputs: x itself, or the dy that its derivative of 1 multiplies. */
        private void activate(Activation activation, int handedOn) {
            if (activation instanceof Identity) {
                become(input(handedOn));
            } else {
                rewriter.keep(node);
            }
        }

        /** A node that nothing was folded into stays itself, so that folding twice changes nothing more. */
        private void keepOrReplace(Op op, Value x) {
            if (node.getOp().equals(op) && input(0).equals(x)) {
                rewriter.keep(node);
            } else {
                become(op, List.of(x));
            }
        }

        private void constant(double value) {
            TensorType type = node.getOutput().getType();
            become(new Op.Constant(value, type), List.of());
        }

        private void become(Value value) {
            rewriter.rename(node.getOutput(), value);
        }

        private void become(Op op, List<Value> inputs) {
            rewriter.replace(node.getOutputs(), op, node.getPath(), inputs);
        }

        private Value input(int at) {
            return rewriter.now(node.getInputs().get(at));
        }

        private static int rank(Value value) {
            return value.getType().getShape().getRank();
        }

        /** Whether the product of two factors is as exact as multiplying by one after the other. */
        private static boolean isSafe(double first, double second) {
            double magnitude = Math.abs(first * second);
            boolean zero = first == 0.0 || second == 0.0;
            return zero || (magnitude >= Float.MIN_NORMAL && magnitude <= Float.MAX_VALUE);
        }
    }
}
