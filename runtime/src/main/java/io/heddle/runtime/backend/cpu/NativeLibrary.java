package io.heddle.runtime.backend.cpu;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * A native library that a bytedeco preset carries, unpacked by its loader and called without its wrappers: a downcall
 * handle costs some ten nanoseconds and makes no objects.
 */
final class NativeLibrary {
    private final SymbolLookup symbols;

    private NativeLibrary(SymbolLookup symbols) {
        this.symbols = symbols;
    }

    /**
     * The library whose file name begins with {@code name}, from the preset whose global class is {@code preset}; or why
     * it is not there.
     */
    static Result find(String preset, String name) {
        try {
            // By name, so that a machine without the preset falls back instead of failing.
            String wrapper = Loader.load(Class.forName(preset));
            if (wrapper == null) {
                return new Result(Optional.empty(), preset + " has no library for this platform");
            }
            return new Result(Optional.of(new NativeLibrary(lookup(Path.of(wrapper), name))), "");
        } catch (ClassNotFoundException | IOException | LinkageError | RuntimeException missing) {
            return new Result(Optional.empty(), missing.toString());
        }
    }

    private static SymbolLookup lookup(Path wrapper, String name) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> beside = Files.list(wrapper.toAbsolutePath().getParent())) {
            beside.filter(file -> {
                String fileName = file.getFileName().toString();
                return fileName.startsWith("lib" + name + ".") || fileName.startsWith(name + ".");
            })
                    .sorted()
                    .forEach(files::add);
        }
        // Where the loader linked against a library elsewhere, the wrapper's own dependencies are searched.
        files.add(wrapper);
        SymbolLookup found = symbol -> Optional.empty();
        for (Path file : files) {
            found = found.or(SymbolLookup.libraryLookup(file, Arena.global()));
        }
        return found;
    }

    /** A handle that calls {@code symbol}, here or in a library which this one depends on. */
    Optional<MethodHandle> function(String symbol, FunctionDescriptor descriptor) {
        Optional<MemorySegment> address = symbols.find(symbol);
        return address.map(segment -> Linker.nativeLinker().downcallHandle(segment, descriptor));
    }

    /** A library, or the reason why there is none. */
    record Result(Optional<NativeLibrary> library, String reason) {}
}
