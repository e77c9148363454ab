package io.heddle.runtime.experiment;

import io.heddle.experiment.Divergence;
import io.heddle.experiment.ExperimentPlans;
import io.heddle.experiment.Trial;
import io.heddle.json.ModelJson;
import io.heddle.json.RecipeJson;
import io.heddle.runtime.data.DataMark;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a trial leads to depends on its model, its recipe and seed, its data, and the code that trains it: all of them as one word. */
final class TrialKey {
    private static final int BYTES = 16;

    private TrialKey() {}

    /**
     * The key of a trial.
     *
     * @param start a digest of the weights that it begins with; empty where they are drawn
     * @param divergence when it is given up: what is given up under one bound may go on under another
     * @param threads that compute it: sums over parts are rounded otherwise with another number
     * @param code see {@link CodeVersion}
     */
    static String of(Trial trial, DataMark data, String start, Divergence divergence, int threads, String code) {
        MessageDigest digest = sha256();
        Trial decisive = ExperimentPlans.decisive(trial);
        word(digest, ModelJson.write(decisive.getConfiguration().getVariant().getModel()));
        word(digest, RecipeJson.write(decisive.getRecipe()));
        word(digest, data.digest());
        word(digest, start);
        word(digest, divergence.toString());
        word(digest, Integer.toString(threads));
        word(digest, code);
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static void word(MessageDigest digest, String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256.", missing);
        }
    }
}
