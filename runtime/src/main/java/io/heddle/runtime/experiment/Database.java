package io.heddle.runtime.experiment;

import io.heddle.check.ProblemsException;
import io.heddle.runtime.files.WriteFailures;
import io.heddle.runtime.messages.ExperimentStoreMessages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;

/**
 * A file of SQLite, in the schema of {@code runs.sql}, whose failures are told as problems.
 *
 * <p>What was committed outlives a kill and a loss of power: changes go by a rollback journal ({@code runs.sqlite-journal}, gone once they
 * are committed), which the next that opens the file takes back if it finds one. A write-ahead log would need memory that processes share,
 * which folders of other machines have not. Others may read at any time between two changes.
 */
final class Database implements AutoCloseable {
    /** How long a lock of somebody else is waited for: readers have one for as long as a question takes. */
    private static final int PATIENCE_TO_OPEN = 5_000;

    private static final int PATIENCE = 60_000;

    private final Path file;
    private final Connection connection;

    private Database(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Asks or changes the database. */
    @FunctionalInterface
    interface Work<Answer> {
        Answer on(Connection connection) throws SQLException;
    }

    /** Changes the database. */
    @FunctionalInterface
    interface Change {
        void on(Connection connection) throws SQLException;
    }

    /**
     * Opens a file, or makes it.
     *
     * @throws ProblemsException when it is of something else or of a later Heddle, and is then as it was; and when it cannot be written
     */
    static Database open(Path file) {
        DatabaseHeader.check(file);
        Connection connection;
        try {
            // As an URI, so that no character of a path is taken for an option.
            connection = DriverManager.getConnection(
                    "jdbc:sqlite:" + file.toAbsolutePath().toUri());
        } catch (SQLException cause) {
            throw problem(file, cause);
        }
        Database database = new Database(file, connection);
        boolean opened = false;
        try {
            database.prepare();
            opened = true;
            return database;
        } finally {
            if (!opened) {
                database.close();
            }
        }
    }

    private void prepare() {
        ask(here -> {
            execute(here, "PRAGMA busy_timeout = " + PATIENCE_TO_OPEN);
            execute(here, "PRAGMA journal_mode = DELETE");
            execute(here, "PRAGMA synchronous = EXTRA");
            return execute(here, "PRAGMA foreign_keys = ON");
        });
        change(here -> {
            int version = number(here, "PRAGMA user_version");
            DatabaseHeader.checkVersion(file, version); // another process may have made it since it was looked at
            if (version == 0) {
                execute(here, schema());
                execute(here, "PRAGMA application_id = " + DatabaseHeader.APPLICATION);
                execute(here, "PRAGMA user_version = " + DatabaseHeader.VERSION);
            }
        });
        ask(here -> execute(here, "PRAGMA busy_timeout = " + PATIENCE));
    }

    /** Answers a question. */
    <Answer> Answer ask(Work<Answer> work) {
        try {
            return work.on(connection);
        } catch (SQLException cause) {
            throw problem(file, cause);
        }
    }

    /** Makes all of a change, or none of it. */
    void change(Change change) {
        changed(here -> {
            change.on(here);
            return true;
        });
    }

    /** Makes all of a change, or none of it, and tells what came of it. */
    <Answer> Answer changed(Work<Answer> change) {
        return ask(here -> {
            execute(here, "BEGIN IMMEDIATE");
            boolean done = false;
            try {
                Answer answer = change.on(here);
                done = execute(here, "COMMIT");
                return answer;
            } finally {
                if (!done) {
                    takeBack(here);
                }
            }
        });
    }

    private static void takeBack(Connection connection) {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException already) {
            // SQLite takes a change back by itself where the disk is full or fails, and says so; the cause is told.
            return;
        }
    }

    private static boolean execute(Connection connection, String words) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(words);
            return true;
        }
    }

    private static int number(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getInt(1);
        }
    }

    private static String schema() {
        try (InputStream stream = Database.class.getResourceAsStream("runs.sql")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static ProblemsException problem(Path file, SQLException cause) {
        String reason = String.valueOf(cause.getMessage());
        if (cause.getCause() instanceof NativeLibraryNotFoundException library) {
            return new ProblemsException(
                    ExperimentStoreMessages.noLibrary(file, String.valueOf(library.getMessage())), library);
        }
        Path parent = file.toAbsolutePath().getParent();
        return switch (SQLiteErrorCode.getErrorCode(cause.getErrorCode())) {
            case SQLITE_BUSY, SQLITE_LOCKED -> new ProblemsException(ExperimentStoreMessages.locked(file), cause);
            case SQLITE_FULL -> WriteFailures.full(file, parent, cause);
            case SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_ERROR ->
                    new ProblemsException(ExperimentStoreMessages.damaged(file, reason), cause);
            case SQLITE_CONSTRAINT, SQLITE_MISUSE, SQLITE_RANGE -> throw new IllegalStateException(reason, cause);
            // What else goes wrong is of the file and its disk: read-only, gone, an error of the device.
            default -> WriteFailures.failed(file, parent, reason, cause);
        };
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException cause) {
            throw problem(file, cause);
        }
    }
}
