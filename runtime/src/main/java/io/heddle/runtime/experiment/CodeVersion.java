package io.heddle.runtime.experiment;

import io.heddle.model.Model;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The version of Heddle that computes: a digest of the classes of its language and its engine, wherever they were built. */
public final class CodeVersion {
    private static final int BYTES = 8;

    private CodeVersion() {}

    /** The digest, in hexadecimal digits. */
    public static String digest() {
        MessageDigest digest = TrialKey.sha256();
        for (Class<?> one : List.of(Model.class, CodeVersion.class)) {
            try {
                Path place = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
                if (Files.isDirectory(place)) {
                    folder(place, digest);
                } else {
                    jar(place, digest);
                }
            } catch (IOException cause) {
                throw new UncheckedIOException(cause);
            } catch (URISyntaxException cause) {
                throw new IllegalStateException("Classes lie in a file or a folder.", cause);
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static void folder(Path folder, MessageDigest digest) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(file -> file.toString().endsWith(".class")).sorted().forEach(files::add);
        }
        for (Path file : files) {
            digest.update(Files.readAllBytes(file));
        }
    }

    /** The entries alone: a jar also holds when it was built. */
    private static void jar(Path jar, MessageDigest digest) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<ZipEntry> classes = new ArrayList<>();
            zip.stream().filter(entry -> entry.getName().endsWith(".class")).forEach(classes::add);
            classes.sort(Comparator.comparing(ZipEntry::getName));
            for (ZipEntry entry : classes) {
                try (InputStream stream = zip.getInputStream(entry)) {
                    digest.update(stream.readAllBytes());
                }
            }
        }
    }
}
