package io.heddle.cli;

import io.heddle.runtime.program.Engine;
import io.heddle.runtime.tensor.Precision;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
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

    /** How many threads compute: more than there are processors many times over would only wait for each other. */
    static final class Threads implements ITypeConverter<Integer> {
        private static final int FOR_EACH_PROCESSOR = 4;
        private static final int ALWAYS = 64;

        @Override
        public Integer convert(String text) throws Exception {
            int threads = new Positive().convert(text);
            int processors = Runtime.getRuntime().availableProcessors();
            int most = Math.max(ALWAYS, FOR_EACH_PROCESSOR * processors);
            if (threads > most) {
                throw new TypeConversionException("'" + text + "' is more than " + most
                        + ", the most that this machine with " + processors
                        + (processors == 1 ? " processor" : " processors") + " is given");
            }
            return threads;
        }
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = Threads.class,
            description = "How many threads compute; as many as there are cores, if left out.")
    private Integer threads;

    @Option(
            names = "--backend",
            paramLabel = "WHICH",
            defaultValue = "cpu",
            converter = BackendName.class,
            description = "cpu (fast, the default) or portable (ND4J's own ops: slow, to compare with, on one thread).")
    private Backend backend;

    /**
     * The engine that was chosen.
     *
     * @throws ParameterException when threads are asked of the one that has one
     */
    Engine open() {
        return switch (backend) {
            case CPU -> threads == null ? Engine.cpu() : Engine.cpu(threads);
            case PORTABLE -> {
                if (threads != null && threads > 1) {
                    throw new ParameterException(spec.commandLine(),
                            "--threads is for --backend cpu: portable computes on one thread.");
                }
                yield Engine.portable(Precision.FLOAT);
            }
        };
    }

    /** How many threads the chosen engine computes with. */
    int count() {
        return switch (backend) {
            case CPU -> threads == null ? Runtime.getRuntime().availableProcessors() : threads;
            case PORTABLE -> 1;
        };
    }
}
