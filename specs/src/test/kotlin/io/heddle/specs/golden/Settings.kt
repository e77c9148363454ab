package io.heddle.specs.golden

import io.heddle.runtime.program.Engine
import io.heddle.runtime.tensor.Precision

/**
 * A backend in a precision, and how near to a reference it comes.
 *
 * @property stored64 where the reference stores 64 bits
 * @property stored32 where the reference stores 32 bits
 */
enum class Setting(val stored64: Double, val stored32: Double) {
    PortableDouble(1e-9, 1e-5),
    PortableFloat(1e-4, 1e-4),
    CpuFloat(1e-4, 1e-4);

    fun engine(): Engine =
        when (this) {
            PortableDouble -> Engine.portable(Precision.DOUBLE)
            PortableFloat -> Engine.portable(Precision.FLOAT)
            CpuFloat -> Engine.cpu(2)
        }
}
