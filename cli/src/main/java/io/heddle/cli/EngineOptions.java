package io.heddle.cli;

import io.heddle.runtime.program.Engine;
import io.heddle.runtime.tensor.Precision;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What computes. */
final class EngineOptions {
    /** The kernels to choose from. */
    enum Backend {
        /** Fused kernels. */
        CPU,

        /** ND4J's own ops, one after the other. */
        PORTABLE,
    }

    /** Reads the name of one. */
    static final class BackendName implements ITypeConverter<Backend> {
        @Override
        public Backend convert(String name) {
            return switch (name) {
                case "cpu" -> Backend.CPU;
                case "portable" -> Backend.PORTABLE;
                default -> throw new TypeConversionException("'" + name + "' is neither cpu nor portable");
            };
        }
    }

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = Positive.class,
            description = "How many threads compute; as many as there are cores, if left out.")
    private Integer threads;

    @Option(
            names = "--backend",
            paramLabel = "WHICH",
            defaultValue = "cpu",
            converter = BackendName.class,
            description = "cpu (fast, the default) or portable (ND4J's own ops: slow, to compare with, on one thread).")
    private Backend backend;

    Engine open() {
        return switch (backend) {
            case CPU -> threads == null ? Engine.cpu() : Engine.cpu(threads);
            case PORTABLE -> Engine.portable(Precision.FLOAT);
        };
    }
}
