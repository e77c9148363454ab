package io.heddle.messages

/** What is told of inputs that do not fit their op, in the op's own terms. */
internal object ShapeMessages {
    fun of(op: String, mismatch: String) = "$op: $mismatch"

    fun otherCount(wanted: IntRange, given: Int): String {
        val counts = wanted.joinToString(" or ")
        return "takes $counts inputs and was given $given"
    }

    fun notReal(name: String, type: String) = "$name must hold real numbers and is $type"

    fun notIndices(name: String, type: String) = "$name must hold indices and is $type"

    fun fewerDims(name: String, atLeast: Int, shape: String) = "$name needs at least $atLeast dims and is $shape"

    fun otherDims(name: String, count: Int, shape: String) = "$name needs $count dims and is $shape"

    fun shapesDiffer(left: String, right: String) = "$left and $right must have the same shape"

    fun unlike(left: String, right: String) = "$left and $right, which must be equal"

    fun notTheLastDims(left: String, right: String) = "right $right must be the last dims of left $left"

    fun headsDoNotDivide(heads: Int, name: String, width: String) = "$heads heads do not divide $name = $width"

    fun keyValueHeadsDoNotDivide(keyValueHeads: Int, heads: Int) =
        "$keyValueHeads key and value heads do not divide $heads heads"

    fun noPairs(headWidth: String) = "a head of odd width $headWidth has no pairs to rotate"

    fun noAxis(shape: String, axis: Int) = "$shape has no axis $axis"

    fun noPlaceForAxis(shape: String, axis: Int) = "$shape has no place for an axis $axis"

    fun notAnOrder(order: String, shape: String) = "$order is no order of the axes of $shape"

    fun otherNumbers(at: Int) = "input $at holds other numbers than the first"

    fun fewerNumbers(count: Int, size: String) = "there are not $count numbers in $size"
}
