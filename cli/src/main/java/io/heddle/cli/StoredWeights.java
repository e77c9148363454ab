package io.heddle.cli;

import io.heddle.runtime.model.RunnableModel;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** How weights that are only read are kept in memory. */
final class StoredWeights {
    /** The ways to choose from. */
    enum Storage {
        /** As they were trained. */
        FLOAT,

        /** In half the room: a float without its lower 16 bits. */
        BFLOAT16,
    }

    /** Reads the name of one. */
    static final class StorageName implements ITypeConverter<Storage> {
        @Override
        public Storage convert(String name) {
            return switch (name) {
                case "float" -> Storage.FLOAT;
                case "bf16" -> Storage.BFLOAT16;
                default -> throw new TypeConversionException("'" + name + "' is neither float nor bf16");
            };
        }
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--weights",
            paramLabel = "HOW",
            defaultValue = "float",
            converter = StorageName.class,
            description = "float (the default) or bf16: matrices and tables rounded to 8 bits, faster, in half the memory.")
    private Storage storage;

    /**
     * Lets weights be floats alone.
     *
     * @param whatFor what rounded ones are for, and why not for this
     * @throws ParameterException when they were asked to be rounded
     */
    void requireFloats(String whatFor) {
        if (storage == Storage.BFLOAT16) {
            throw new ParameterException(spec.commandLine(), "--weights bf16 is for " + whatFor);
        }
    }

    /**
     * The model with its weights kept as was asked.
     *
     * @throws ParameterException when the engine's backend cannot read them so
     */
    RunnableModel of(RunnableModel model) {
        return switch (storage) {
            case FLOAT -> model;
            case BFLOAT16 -> {
                if (!model.engine().backend().readsRounded()) {
                    throw new ParameterException(spec.commandLine(),
                            "--weights bf16 is for --backend cpu: " + model.engine().backend().name()
                                    + " reads floats.");
                }
                yield model.rounded();
            }
        };
    }
}
