package io.heddle.runtime.messages;

import io.heddle.check.Fact;
import io.heddle.check.Problem;
import java.nio.file.Path;
import java.util.List;

/** What is told of the database that the trials of an experiment are kept in. */
public final class ExperimentStoreMessages {
    private static final String ELSEWHERE = "Move it away, or choose another folder with --out.";

    private ExperimentStoreMessages() {}

    /** What is being done in the folder of the database. */
    public static String comparing() {
        return "comparing";
    }

    /** The file is something else. */
    public static Problem noDatabase(Path file) {
        return new Problem(file.toString(), "this is no database of SQLite", ELSEWHERE);
    }

    /** The database is another program's. */
    public static Problem foreign(Path file) {
        return new Problem(file.toString(), "this database is not one of heddle's comparisons", ELSEWHERE);
    }

    /** A later Heddle made the database. */
    public static Problem newer(Path file, int version, int known) {
        return new Problem(
                file.toString(),
                "a newer heddle has written this database",
                List.of(new Fact("its version", version + ""), new Fact("known here", known + "")),
                "Go on with that heddle, or choose another folder with --out.\nNothing was changed.");
    }

    /** An earlier Heddle made the database. What it trained counts for nothing here: a trial is of the version that trained it. */
    public static Problem older(Path file, int version, int known) {
        return new Problem(
                file.toString(),
                "an older heddle has written this database",
                List.of(new Fact("its version", version + ""), new Fact("known here", known + "")),
                "Choose another folder with --out: what another version has trained is trained again in any case.\n"
                        + "Nothing was changed.");
    }

    /** Another program keeps the database locked. */
    public static Problem locked(Path file) {
        return new Problem(
                file.toString(),
                "another program keeps this database locked",
                "End what it does there, such as a change that was begun and not committed, and compare again.\n"
                        + "What was recorded is kept.");
    }

    /** The database holds what SQLite cannot read. */
    public static Problem damaged(Path file, String cause) {
        return new Problem(
                file.toString(),
                "this database is damaged",
                List.of(new Fact("cause", cause)),
                "Put back a copy of it, or save what can be read with: sqlite3 " + file.getFileName()
                        + " .recover. To compare anew, move it away.");
    }

    /** SQLite's own library is not to be loaded. */
    public static Problem noLibrary(Path file, String cause) {
        return new Problem(
                file.toString(),
                "SQLite's library cannot be loaded",
                List.of(new Fact("cause", cause)),
                "It is unpacked to the folder for temporary files, which must let programs be run. Name another one: "
                        + "JAVA_TOOL_OPTIONS=-Dorg.sqlite.tmpdir=FOLDER.");
    }
}
